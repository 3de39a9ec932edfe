import pytest

from articles.importing.furniture import ends_article, is_furniture


@pytest.mark.parametrize(
    "line",
    ["Menu Content", "Go Top", "Share this article", "Facebook", "Read more: Mayor opens bakery", "Sign up to our newsletter", "© 2025 All rights reserved",
     "3 min read", "12 comments", "Follow us on Twitter @x", "Advertisement", "Related stories", "(END)", "본문 바로가기", "카카오톡", "URL 복사", "댓글 12", "무단 전재 및 재배포 금지",
     "<저작권자(c) 마루뉴스, 무단 전재-재배포 금지>", "많이 본 뉴스", "글자크기 조절", "dawn@example.org", "공공누리 제1유형: 출처표시", "▶ 관련기사", "* * *", "",
     "We and our 800 partners store and use information on your device."],
)  # fmt: skip
def test_lines_of_the_page_are_recognised(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["Copyright law will be reformed next year, the minister said.", "Facebook said on Monday that it would pay.", "Share prices fell.", "Home prices rose by a third.",
     "만족도 조사 결과 주민의 절반이 반대했다.", "무단 복제를 막는 법안이 통과됐다.", "공유 경제 법안이 통과됐다.", "댓글 조작 사건의 재판이 시작됐다.", "What comes next", "Read the room, she said.",
     "제보는 사실로 드러났다.", "We and our partners in the region will meet again in May."],
)  # fmt: skip
def test_sentences_that_merely_hold_such_words_are_text(line):
    assert not is_furniture(line)
    assert not ends_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "Editor's Pick",
        "Related stories",
        "Most read",
        "많이 본 뉴스",
        "관련기사",
        "3 comments",
        "저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지",
    ],
)
def test_some_lines_end_the_article(line):
    assert ends_article(line)
