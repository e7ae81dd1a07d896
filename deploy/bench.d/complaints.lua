-- wrk: a complaint without photos; the key (16 bytes in base64) differs by thread,
-- by run and by request.
local boundary, cookie = @BOUNDARY@, @COOKIE@
local before, after = @BEFORE@, @AFTER@
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(os.time() * 64 + number)
  prefix = string.format("%08x%x", math.random(0, 0x7fffffff), number)
  count = 0
  headers = {
    ["Content-Type"] = "multipart/form-data; boundary=" .. boundary,
    ["Cookie"] = cookie,
  }
end

function request()
  count = count + 1
  return wrk.format("POST", nil, headers, before .. prefix .. string.format("%012xA", count) .. after)
end
