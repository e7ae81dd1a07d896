-- wrk: several pages by turns, signed in.
local paths = @PATHS@
local headers = { ["Cookie"] = @COOKIE@ }
local position = 0

function request()
  position = position % #paths + 1
  return wrk.format("GET", paths[position], headers)
end
