"""Scans and photos of a case: chosen, sent, worked on, seen, taken out."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def scan(tmp_path):
    """A PDF of one empty page; its table of contents is left for the reader to find."""
    path = tmp_path / "送达回证扫描件.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )
    return path


def test_scans_and_photos_are_put_to_a_case(sign_in, check_page, photo, scan):
    page = sign_in("zhujian")
    page.goto("/desk/cases")
    page.goto(page.locator("main table tbody a").first.get_attribute("href"))
    case = page.url
    page.get_by_role("link", name="上传材料").click()
    check_page(page)
    page.locator("main [name=kind]").select_option("service")
    page.locator("main [name=files]").set_input_files([photo, scan])
    page.get_by_role("button", name="上传").click()
    expect(page.locator("#case-files")).to_contain_text("送达回证扫描件")
    check_page(page)

    thumbnails = page.locator("#case-files img")
    for _ in range(60):
        if not page.locator("#case-files").get_by_text("处理中").count():
            break
        page.wait_for_timeout(500)
        page.goto(case)
    expect(page.locator("#case-files")).not_to_contain_text("处理中")
    assert thumbnails.count() >= 2
    thumbnails.last.scroll_into_view_if_needed()
    expect(thumbnails.last).to_have_js_property("naturalHeight", 320)
    check_page(page)

    picture = page.locator("#case-files .file-title a", has_text="现场").first
    shown = page.request.get(picture.get_attribute("href"))
    assert shown.ok and shown.headers["content-type"] == "image/jpeg"

    page.locator("#case-files").get_by_role("link", name=re.compile("移除送达回证扫描件")).first.click()
    check_page(page)
    page.locator("main [name=reason]").fill("传错了，不是这一户的")
    page.get_by_role("button", name="移除").click()
    expect(page.locator("main")).to_contain_text("已移除")
    page.locator("#case-files summary").click()
    expect(page.locator("#case-files details")).to_contain_text("传错了")
    check_page(page)
