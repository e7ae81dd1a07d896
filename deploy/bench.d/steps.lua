-- wrk: the same step of one case after the other, signed in; each thread its own cases.
local headers = { ["Cookie"] = @COOKIE@, ["Content-Type"] = "application/x-www-form-urlencoded" }
local body = @BODY@
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  count = 0
end

function request()
  local case = @FIRST@ + 2 * count + number
  count = count + 1
  return wrk.format("POST", "/desk/cases/" .. case .. "/step", headers, body)
end
