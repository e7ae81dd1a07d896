"""Visits with a phone that has no signal: nothing is lost, nothing arrives twice, nobody sees another's."""

import os
import subprocess

import pytest
from playwright.sync_api import expect

from own_portal import own_portal

PHONE = "/desk/visits/phone"


@pytest.fixture(scope="module")
def portal():
    with own_portal(os.environ["PORTAL_TEST_PHONE"], households=480) as portal:
        yield portal


@pytest.fixture
def phone(browser, portal, tmp_path):
    """Opens a phone's browser; closed and opened again it has what it had."""
    opened = []

    def phone(offline=False):
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone", executable_path="/usr/bin/chromium", args=arguments,
            base_url=portal.address, viewport={"width": 390, "height": 844}, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(15_000)
        context.set_offline(offline)
        opened.append(context)
        return context

    yield phone
    for context in opened:
        context.close()


def sign_in(page, password, account="longjin"):
    page.goto("/login?next=" + PHONE)
    page.locator("main [name=account]").fill(account)
    page.locator("main [name=password]").fill(password)
    page.locator("main form:has([name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: url.endswith(PHONE) and "/login" not in url)


def await_kept(page):
    """Until the page and its parts are kept, and the homes."""
    expect(page.locator("#home-count")).to_contain_text("待走访")
    page.evaluate(
        "navigator.serviceWorker.ready.then(() => new Promise((done) => {"
        " const look = async () => (await caches.keys()).length && navigator.serviceWorker.controller"
        " ? done() : setTimeout(look, 100); look(); }))"
    )


def visit(page, number, photos=()):
    """Writes a visit of the home at this place of the list that still waits."""
    line = page.locator(".home-line").nth(number)
    place = line.locator("strong").inner_text()
    line.click()
    form = page.locator("#visit form")
    form.get_by_label("承租人", exact=True).check()
    form.get_by_label("本人居住", exact=True).check()
    form.get_by_label("居住人数").fill("2")
    if photos:
        form.locator("[name=photos]").set_input_files([str(photo) for photo in photos])
        expect(form.locator(".kept-photos li")).to_have_count(len(photos))
    form.get_by_role("button", name="保存走访").click()
    expect(page.locator("#visit-note")).to_contain_text("已保存在手机上")
    return place


@pytest.fixture
def photos(tmp_path):
    """Three photos that differ."""
    paths = [tmp_path / f"photo-{number}.jpg" for number in range(3)]
    for number, path in enumerate(paths):
        subprocess.run(["vips", "gaussnoise", str(path), "800", "600", "--seed", str(number + os.getpid())], check=True)
    return paths


def stored(portal, since):
    """Photos of each visit since one, in the order in which they were written."""
    return portal.sql(
        "SELECT count(f.id) FROM visits v LEFT JOIN files f ON f.visit_id = v.id"
        f" WHERE v.id > {since} GROUP BY v.id ORDER BY v.id;"
    )


def last_visit(portal):
    return portal.sql("SELECT coalesce(max(id), 0) FROM visits;")[0]


def await_rows(page, rows, expected):
    """What was written before may be said to have been sent already: the rows tell."""
    for _ in range(100):
        if rows() == expected:
            break
        page.wait_for_timeout(100)
    assert rows() == expected


def test_three_visits_without_signal_arrive_once_with_their_photos(
    portal, browser, phone, photos, password, check_page
):
    since = last_visit(portal)
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    check_page(page)
    page.locator(".home-line").first.click()
    check_page(page)
    page.get_by_role("button", name="返回名单").click()

    context.set_offline(True)
    page.reload()
    for number in range(3):
        visit(page, number, photos[: number])
    expect(page.locator(".outbox-words")).to_contain_text("还有 3 次走访、3 张照片没有发出，最早的在刚才")
    expect(page.locator("#outbox")).to_contain_text("没有信号")
    # What is begun is there again.
    page.locator(".home-line").nth(3).click()
    page.locator("#visit summary", has_text="备注").click()
    page.locator("[name=notes]").fill("楼下邻居说")
    page.get_by_role("button", name="返回名单").click()
    context.close()

    context = phone(offline=True)
    page = context.pages[0]
    page.goto(PHONE)
    expect(page.locator(".outbox-words")).to_contain_text("还有 3 次走访、3 张照片没有发出")
    expect(page.locator(".home-line").nth(3)).to_contain_text("没有写完")
    page.locator(".home-line").nth(3).click()
    expect(page.locator("[name=notes]")).to_have_value("楼下邻居说")
    check_page(page)
    page.get_by_role("button", name="返回名单").click()

    # The session ended with the browser: signed in again, everything goes.
    context.set_offline(False)
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("重新登录")
    assert stored(portal, since) == []
    sign_in(page, password)
    expect(page.locator("#outbox")).to_contain_text("没有待发的走访")
    assert stored(portal, since) == ["0", "1", "2"]
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("没有待发的走访")

    # The desk shows each once, the newest first, with its photos.
    desk = browser.new_context(base_url=portal.address, locale="zh-CN")
    page = desk.new_page()
    page.goto("/login?next=/desk/visits")
    page.locator("main [name=account]").fill("zhujian")
    page.locator("main [name=password]").fill(password)
    page.locator("main form:has([name=password]) button[type=submit]").click()
    rows = page.locator(".data-table tbody tr", has_text="马春萍")
    assert [rows.nth(place).locator("td").nth(7).inner_text() for place in range(3)] == ["2", "1", "0"]
    rows.first.locator(".row-link").click()
    expect(page.locator(".file-list li")).to_have_count(2)
    desk.close()
    assert stored(portal, since) == ["0", "1", "2"]


def test_a_server_killed_in_the_middle_of_a_photo_loses_none(portal, phone, photos, password):
    since = last_visit(portal)
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 100_000, "uploadThroughput": 40_000}
    network.send("Network.emulateNetworkConditions", slow)
    visit(page, 5, photos)
    # One photo is there, the next on its way.
    await_rows(page, lambda: stored(portal, since), ["1"])
    page.wait_for_timeout(1000)
    portal.kill()
    expect(page.locator("#outbox")).to_contain_text("照片待发")
    assert stored_after_restart(portal, since) in (["1"], ["2"])
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1, "downloadThroughput": -1})
    expect(page.locator("#outbox")).to_contain_text("没有待发的走访", timeout=60_000)
    assert stored(portal, since) == ["3"]


def stored_after_restart(portal, since):
    portal.serve()
    return stored(portal, since)


def test_another_person_on_the_phone_sees_nothing_of_the_first(portal, phone, photos, password):
    since = last_visit(portal)
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    context.set_offline(True)
    place = visit(page, 7, photos[:1])
    # Their session ends before there is signal again.
    context.clear_cookies(name="portal_session")
    context.set_offline(False)
    expect(page.locator("#outbox")).to_contain_text("重新登录")
    other = context.new_page()
    page.close()
    assert stored(portal, since) == []

    sign_in(other, password, account="zhujian")
    expect(other.locator("#outbox")).to_contain_text("没有待发的走访")
    assert place not in other.locator("main").inner_text()
    keys = other.evaluate(
        "new Promise((done) => { const open = indexedDB.open('portal-visits');"
        " open.onsuccess = () => { const all = open.result.transaction('keys').objectStore('keys').getAllKeys();"
        " all.onsuccess = () => done(all.result.length); }; })"
    )
    assert keys == 1
    # Who has nothing unsent is not asked.
    other.get_by_role("button", name="退出").click()
    other.wait_for_url("**/login")

    sign_in(other, password)
    expect(other.locator("#outbox")).to_contain_text("没有待发的走访", timeout=30_000)
    assert stored(portal, since) == ["1"]


def test_signing_out_asks_first_and_ends_the_key(portal, phone, password):
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    keys = "SELECT count(*) FROM visit_phone_keys k JOIN accounts a ON a.id = k.account_id WHERE a.account = 'longjin';"
    before = int(portal.sql(keys)[0])
    page.locator(".home-line").nth(9).click()
    page.get_by_label("居住人数").fill("3")
    page.get_by_role("button", name="返回名单").click()
    page.goto("/desk")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("dialog")).to_contain_text("1 份没有写完")
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="退出").click()
    page.get_by_role("button", name="仍然退出").click()
    page.wait_for_url("**/login")
    assert int(portal.sql(keys)[0]) == before - 1
    context.set_offline(True)
    page.goto(PHONE)
    expect(page.locator("main")).to_contain_text("这部手机上还没有可用的名单")
    expect(page.locator(".home-line")).to_have_count(0)


def test_what_the_portal_sends_back_is_put_right_on_the_phone(portal, phone, password):
    since = last_visit(portal)
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    page.locator(".home-line").nth(11).click()
    page.get_by_role("button", name="保存走访").click()
    expect(page.locator(".error-summary")).to_contain_text("请选择见到了谁")
    page.get_by_label("承租人", exact=True).check()
    page.get_by_label("本人居住", exact=True).check()
    today = page.locator("[name=visited_on]").input_value()
    page.locator("[name=visited_on]").fill("2020-01-01")
    page.get_by_role("button", name="保存走访").click()
    expect(page.locator("#outbox")).to_contain_text("要改正")
    assert stored(portal, since) == []
    page.get_by_role("button", name="改正").click()
    expect(page.locator(".error-summary")).to_contain_text("走访日期在一年以前")
    expect(page.get_by_label("承租人", exact=True)).to_be_checked()
    page.locator("[name=visited_on]").fill(today)
    page.get_by_role("button", name="保存走访").click()
    await_rows(page, lambda: stored(portal, since), ["0"])
    expect(page.locator("#outbox")).to_contain_text("没有待发的走访")


def test_a_full_phone_says_so_and_keeps_what_is_on_the_screen(portal, phone, photos, password):
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    page.locator(".home-line").nth(12).click()
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.locator("[name=photos]").set_input_files(str(photos[0]))
    expect(page.locator("#visit-note")).to_contain_text("手机存储空间满了")
    page.get_by_label("承租人", exact=True).check()
    page.get_by_label("本人居住", exact=True).check()
    page.get_by_role("button", name="保存走访").click()
    expect(page.locator("#visit-note")).to_contain_text("已填写的还在屏幕上")
    expect(page.get_by_label("承租人", exact=True)).to_be_checked()


def test_signature_and_place_go_along_from_phone_and_desk(portal, phone, password):
    context = phone()
    context.grant_permissions(["geolocation"], origin=portal.address)
    context.set_geolocation({"latitude": 26.17692, "longitude": 116.81643})
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)

    def written(since):
        return portal.sql(
            "SELECT v.latitude, v.longitude, f.kind FROM visits v LEFT JOIN files f ON f.visit_id = v.id"
            f" WHERE v.id > {since};"
        )

    def sign(form):
        box = form.locator("[data-signature] canvas")
        box.scroll_into_view_if_needed()
        frame = box.bounding_box()
        page.mouse.move(frame["x"] + 20, frame["y"] + 20)
        page.mouse.down()
        page.mouse.move(frame["x"] + 120, frame["y"] + 70, steps=5)
        page.mouse.up()

    def fill(form):
        expect(form.locator("[data-when]")).to_be_hidden()
        form.get_by_label("空置", exact=True).check()
        expect(form.locator("[data-when]")).to_be_visible()
        form.get_by_label("承租人", exact=True).check()
        form.get_by_label("记录位置").check()
        expect(form).to_contain_text("已记录位置")
        sign(form)

    since = last_visit(portal)
    page.locator(".home-line").nth(13).click()
    fill(page.locator("#visit form"))
    expect(page.locator(".kept-photos li")).to_have_count(1)
    page.get_by_role("button", name="保存走访").click()
    await_rows(page, lambda: written(since), ["26.1769|116.8164|signature"])
    expect(page.locator("#outbox")).to_contain_text("没有待发的走访")

    since = last_visit(portal)
    entry = portal.sql("SELECT max(id) FROM roster_entries WHERE area = '350423100';")[0]
    page.goto(f"/desk/visits/homes/{entry}/form")
    form = page.locator("main form").first
    fill(form)
    form.get_by_label("同行人姓名").fill("村主任")
    form.locator("[name=second]").select_option("")
    form.get_by_role("button", name="保存走访").click()
    expect(page.locator("main")).to_contain_text("已保存走访")
    assert written(since) == ["26.1769|116.8164|signature"]


def test_two_thousand_homes_open_without_signal(portal, phone, password):
    context = phone()
    page = context.pages[0]
    sign_in(page, password)
    await_kept(page)
    page.evaluate(
        "visitStore.homes().then((homes) => visitStore.keepHomes([0, 1, 2, 3].map((part) =>"
        " Array.from({ length: 500 }, (_, at) => ({ ...homes[0], entry: String(9000000 + part * 500 + at),"
        " place: `${part}栋-1单元-${at}`, state: 'waiting' })))))"
    )
    context.set_offline(True)
    page.reload()
    expect(page.locator("#home-count")).to_contain_text("本机有 2000 户")
    opened = round(page.evaluate("performance.now()"))
    page.locator("#home-search").fill("3栋-1单元-499")
    expect(page.locator(".home-line")).to_have_count(1)
    page.locator(".home-line").click()
    expect(page.locator("#visit form")).to_be_visible()
    print(f"2,000 homes without signal: {opened} ms")


def test_the_page_is_small_and_opens_at_once_on_a_slow_line(portal, phone, password):
    context = phone()
    page = context.pages[0]
    page.goto("/login")
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.clearBrowserCache")
    sizes = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    sign_in(page, password, account="longjin")
    await_kept(page)
    sizes.clear()
    network.send("Network.clearBrowserCache")
    page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))"
    )
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow)
    first = opened_in(page)
    total = sum(sizes)
    await_kept(page)
    second = opened_in(page)
    print(f"first load {total} bytes, {first} ms; from the worker {second} ms")
    assert total < 100_000
    assert second < 1000


def opened_in(page):
    """Milliseconds until the list stands on the page."""
    page.goto(PHONE, wait_until="commit")
    expect(page.locator(".home-line").first).to_be_visible(timeout=60_000)
    page.locator(".home-line").first.click()
    expect(page.locator("#visit form")).to_be_visible()
    return round(page.evaluate("performance.getEntriesByType('navigation')[0] && performance.now()"))
