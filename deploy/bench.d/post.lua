-- wrk: several filled-in forms by turns, signed in.
local bodies = @BODIES@
local headers = { ["Cookie"] = @COOKIE@, ["Content-Type"] = "application/x-www-form-urlencoded" }
local position = 0

function request()
  position = position % #bodies + 1
  return wrk.format("POST", nil, headers, bodies[position])
end
