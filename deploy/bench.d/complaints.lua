-- wrk: a complaint without photos; the key differs by thread, by run and by request.
local boundary, cookie = @BOUNDARY@, @COOKIE@
local before, after = @BEFORE@, @AFTER@
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(os.time() * 64 + number)
  prefix = string.format("%08x-%04x-4%03x-8%03x-", math.random(0, 0x7fffffff), math.random(0, 0xffff),
    math.random(0, 0xfff), number)
  count = 0
  headers = {
    ["Content-Type"] = "multipart/form-data; boundary=" .. boundary,
    ["Cookie"] = cookie,
  }
end

function request()
  count = count + 1
  return wrk.format("POST", nil, headers, before .. prefix .. string.format("%012x", count) .. after)
end
