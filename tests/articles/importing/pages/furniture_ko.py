"""What Korean sites put around an article."""

import random

MENU = ["홈", "정치", "경제", "사회", "국제", "문화", "스포츠", "오피니언", "포토", "영상", "로그인", "회원가입"]
TEASERS = [
    "옛 파출소에 빵집 연 시장님", "물때표 읽는 열 가지 방법", "호수가 분홍빛으로 변한 까닭", "고속도로에 내린 조종사, 주차 딱지",
    "마지막 타자기 수리공", "배춧값 3주째 내림세", "헤엄쳐 건넌 개 이름 딴 다리", "새 버스 노선도 한눈에", "황새 세는 사람 인터뷰",
    "조정 동호회가 건진 옛 닻", "오늘 밤 고갯길 눈 예보", "장기 회관 자정까지 연다",
]  # fmt: skip


def menu(cls: str = "gnb") -> str:
    return (
        f'<div id="header"><ul class="{cls}">'
        + "".join(f'<li><a href="#">{name}</a></li>' for name in MENU)
        + "</ul></div>"
    )


def teasers(rng: random.Random, heading: str = "관련기사", cls: str = "related_news", count: int = 5) -> str:
    items = "".join(f'<li><a href="/news/{i}">{title}</a></li>' for i, title in enumerate(rng.sample(TEASERS, count)))
    return f'<div class="{cls}"><strong>{heading}</strong><ul>{items}</ul></div>'


SHARE = (
    '<div class="sns_area"><button>공유하기</button><a href="#">페이스북</a><a href="#">트위터</a><a href="#">카카오톡</a><a href="#">URL 복사</a>'
    '<span>글자크기 조절</span><a href="#">가</a><a href="#">가</a><a href="#">인쇄하기</a><a href="#">스크랩</a></div>'
)
FOOTER = (
    '<div id="footer"><p>등록번호 가00000 | 발행인 아무개 | 청소년보호책임자 아무개 | 대표전화 000-0000</p>'
    "<p>Copyright ⓒ 2025 All rights reserved. 무단 전재 및 재배포 금지</p></div>"
)
COMMENTS = (
    '<div id="cbox" class="comment_area"><h3>댓글 12</h3><ul><li><b>독자1</b><p>등록 2025.03.02 우리 동네 이야기네요 잘 읽었습니다.</p></li>'
    "<li><b>독자2</b><p>지난 선거 때도 똑같이 말했는데 어떻게 됐는지 보세요.</p></li></ul></div>"
)
