-- wrk: what citizens and an officer look at, by turns.
local paths = { "/", "/progress", "/complaints/new", "/progress.json", "/complaints/track", "/desk/cases", "/desk/estates", "/desk" }
local headers = { ["Cookie"] = @COOKIE@ }
local position = 0

function request()
  position = position % #paths + 1
  return wrk.format("GET", paths[position], headers)
end
