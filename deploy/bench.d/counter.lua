-- wrk: questions at the counter by turns, through the machine interface.
local bodies = @BODIES@
local headers = { ["Authorization"] = "Bearer " .. @TOKEN@, ["Content-Type"] = "application/json" }
local position = 0

function request()
  position = position % #bodies + 1
  return wrk.format("POST", nil, headers, bodies[position])
end
