"""Lines that belong to the page and not to the article: menus, buttons, notices, related stories.

Judged line by line and only as a whole: a sentence that merely contains such words is text.
"""

import re

LONGEST = 240

_ANYWHERE = re.compile(
    r"""
    (?:main\ )?menu(?:\ content)?|go\ top|(?:back\ )?to\ top|skip\ to\ .{1,30}|close|open|search|log\ ?in|sign\ in|register
  | home|next|previous|prev|loading(?:\.{3}|…)?|show\ more|see\ more|view\ more|load\ more|expand|collapse
  | (?:share|tweet|pin|e-?mail|print|save|copy|bookmark|comments?|reply|like|report)(?:\ (?:this|article|page|story|link|now))*
  | share\ (?:this\ )?(?:article|story|post|page|on|via|with)\b.{0,40}
  | (?:share\ (?:on|via)\ )?(?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|messenger|tumblr|flipboard
    |kakao\ ?(?:talk|story)|naver\ ?(?:band|blog)?|line|pocket|youtube|instagram)(?:\ share)?
  | (?:link|url)\ copied.{0,20}|copy\ (?:link|url)|font\ size.{0,20}|text\ size.{0,20}|listen\ to\ (?:this\ )?article.{0,30}
  | advertisements?|ads?|sponsored(?:\ content)?|promoted|article\ continues\ (?:below|after).{0,40}|story\ continues\ below.{0,40}
  | [0-9,]+\ (?:comments?|shares?|views?|likes?)|(?:view|read|leave|post|add|join)\ .{0,20}\bcomments?(?:\ \([0-9]+\))?
  | [0-9]{1,2}\ ?min(?:ute)?s?\ read|reading\ time:?\ .{1,20}
  | (?:also\ )?read(?:\ (?:more|next|also|on|the\ full\ (?:story|article)))?\ ?:?\ ?[»>→]*
  | (?:read\ more|also\ read|read\ also|see\ also|see\ more|related|more|watch|recommended|don['’]t\ miss)\ ?(?:\ on\ this\ story)?\ ?:\ .{1,200}
  | (?:related|recommended|popular|latest|more|most\ (?:read|viewed|popular|shared)|trending|top|other|you\ (?:may|might)\ (?:also\ )?like)
    \ ?(?:stor(?:y|ies)|articles?|news|topics?|tags?|posts?|links?|reading|videos?|content|headlines?|coverage)?\ ?(?:now|today|this\ week)?:?
  | more\ (?:from|in|on)\ (?:this\ )?.{1,40}|editor['’]?s['’]?\ picks?|what['’]s\ hot|topics?:|tags?:.{0,200}|filed\ under:?.{0,100}
  | (?:sign\ up|subscribe|register)\ .{0,40}\b(?:newsletters?|e-?mail|alerts?|updates|inbox|today|now|here)\b.{0,80}
  | get\ .{1,60}\b(?:newsletter|in\ your\ inbox|delivered\ to\ your).{0,60}
  | (?:follow|find|like|join)\ us\ on\ .{1,60}|follow\ .{1,40}\ on\ (?:twitter|facebook|x|instagram|linkedin)\b.{0,40}
  | (?:download|get)\ (?:the|our)\ .{0,30}\bapp\b.{0,40}|click\ here\b.{0,80}|enable\ javascript.{0,80}
  | (?:©|\(c\)|ⓒ|copyright\ ?(?:©|\(c\)|ⓒ|[12][0-9]{3}\b|:))\ ?.{0,120}|.{0,60}\ball\ rights\ reserved\b.{0,40}|.{0,60}\bnot\ be\ (?:reproduced|redistributed).{0,80}
  | (?:terms\ (?:of\ (?:use|service))?|privacy(?:\ policy)?|cookie(?:s|\ policy)?|contact(?:\ us)?|about(?:\ us)?|advertise(?:\ with\ us)?|sitemap|rss)
  | (?:we|this\ (?:web)?site)\ uses?\ cookies\b.{0,200}
  | we(?:\ and|,?\ with)\ our\ (?:[0-9,]+\ )?(?:\w+\ )?partners\b(?=.*\b(?:cookies?|your\ (?:device|privacy|data|consent)|personal\ data)\b).{0,240}
  | accept(?:\ all)?(?:\ cookies)?|reject(?:\ all)?
  | \(?(?:e-?mail\s?:?\s?)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?|https?://\S+
  | (?:a\ version\ of\ )?this\ (?:article|story)\ (?:appear(?:s|ed)\ in\ print|(?:was\ )?(?:first|originally)\ (?:published|appeared)).{0,160}|our\ standards:.{0,80}
  | image\ (?:source|copyright|caption).{0,80}|getty\ images|(?:associated\ press|reuters|ap|afp)\ ?(?:photo)?|media\ caption
  | \(?(?:end)\)?|[#*=_~·•|\-–—\s]+
  # Korean
  | (?:본문|메뉴|주메뉴|하단|검색|내용)\s?(?:으로|로)?\s?바로\s?가기|(?:전체)?메뉴(?:\s?(?:열기|닫기))?|맨\s?위로|위로|닫기|열기|더\s?보기|이전|다음|목록(?:으로)?
  | 로그인|회원\s?가입|마이페이지|검색(?:창)?(?:\s?열기)?|홈|구독(?:하기|신청)?|제보(?:하기)?|알림|설정
  | (?:기사\s?)?공유(?:하기)?|(?:페이스북|트위터|엑스|카카오톡|카카오스토리|네이버\s?(?:밴드|블로그|카페|뉴스)?|밴드|텔레그램|라인|이메일|메일|핀터레스트|유튜브|인스타그램)
    (?:으로|에|로)?(?:\s?(?:공유|보내기)(?:하기)?)?|(?:URL|주소|링크)\s?복사(?:하기|되었습니다\.?)?
  | (?:글자|글씨|폰트)\s?(?:크기)?\s?(?:조절|변경|크게|작게|키우기|줄이기|확대|축소|설정)?|가|가\+|가-|확대|축소|인쇄(?:하기)?|프린트|스크랩|북마크
  | (?:댓글|의견|추천|조회(?:수)?|좋아요|공감|싫어요|화나요|슬퍼요|훈훈해요|후속기사\s?원해요)\s?[:(]?\s?[0-9,]*\)?(?:개)?|댓글\s?(?:쓰기|달기|보기|작성)
  | (?:기사|뉴스|본문)?\s?(?:음성)?\s?듣기|음성으로\s?듣기|번역|요약(?:보기|봇)?|기사\s?(?:원문|전문)(?:\s?보기)?
  | (?:관련|추천|인기|최신|주요|오늘의|다른|이\s?시각|실시간|많이\s?본|가장\s?많이\s?본|함께\s?(?:본|볼만한))\s?(?:기사|뉴스|소식|콘텐츠|영상|이슈|보도자료)?(?:\s?(?:더\s?보기|목록))?
  | 이\s?기사(?:와\s?함께\s?.{1,20}|는\s?언론사에서\s?.{1,30}분류.{0,10}|를\s?(?:본|읽은)\s?.{1,40})|광고|AD|배너|이슈(?:\s?NOW)?|연재|기획|해시태그|태그\s?:?.{0,80}
  | [<\[(]?\s?(?:저작권자\s?[(ⓒ©:]|ⓒ|©).{1,120}|.{0,50}무단\s?(?:전재|복제|배포)(?![를을가는]).{0,60}
  | .{0,20}제보(?:는|하기|전화)?\s?[:▷■]?\s?(?:전화|카카오톡|카톡|전화|이메일|메일|☎|02-|https?:).{0,100}|.{0,40}(?:구독|팔로우|채널\s?추가)\s?(?:하세요|해주세요|하기)[.!]?
  | (?:이전|다음)\s?(?:글|기사|뉴스)\s?.{0,80}|(?:첨부\s?파일|붙임\s?파일|파일\s?(?:다운로드|첨부|뷰어)).{0,100}
  | (?:콘텐츠\s?)?만족도\s?(?:조사|평가)?|담당\s?부서\s?[:|]?\s?.{0,60}|공공누리.{0,120}|이\s?페이지의?\s?(?:내용|정보)에\s?만족하.{0,40}
    """,
    re.IGNORECASE | re.VERBOSE,
)

# After one of these nothing of the article follows.
_END = re.compile(
    r"""
    editor['’]?s['’]?\ picks?|(?:related|recommended|popular|latest|most\ (?:read|viewed|popular)|trending|more)
    \ (?:stor(?:y|ies)|articles?|news|posts?|reading|coverage|headlines?)\ ?:?|most\ (?:read|viewed|popular)|you\ (?:may|might)\ also\ like:?
  | (?:read|leave|post|add)\ (?:a\ )?comments?|comments?\ ?\([0-9]+\)|[0-9]+\ comments?|more\ from\ .{1,40}|also\ in\ the\ news
  | (?:we|this\ (?:web)?site)\ uses?\ cookies\b.{0,300}
  | [<\[(]?\s?(?:저작권자\s?[(ⓒ©:]|ⓒ|©|copyright\ ?(?:©|\(c\)|ⓒ|[12][0-9]{3}\b|:)).{1,120}|.{0,50}무단\s?(?:전재|복제|배포)(?![를을가는]).{0,60}
  | (?:관련|추천|인기|최신|많이\s?본|가장\s?많이\s?본|함께\s?볼만한|이\s?시각\s?(?:주요|인기)?)\s?(?:기사|뉴스|영상)(?:\s?더\s?보기)?
  | 댓글\s?[0-9,]*(?:개)?|첫번째\s?댓글.{0,30}|(?:이전|다음)\s?(?:글|기사)\b.{0,80}|콘텐츠\s?만족도(?:\s?조사)?|공공누리\s?.{0,100}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ICONS = re.compile(r"^[\s>»›▶▷▲▼■□●○◆◇★☆※·•|+\-]+|[\s<«‹◀◁|+\-]+$")


def is_furniture(line: str) -> bool:
    """Is this whole line a part of the page and not of the article?"""
    line = _ICONS.sub("", line.strip())
    return not line or (len(line) <= LONGEST and (_ANYWHERE.fullmatch(line) is not None or _is_menu(line)))


def _is_menu(line: str) -> bool:
    """Is it a row of short words with strokes between them?"""
    words = line.split("|")
    return len(words) >= 4 and all(len(word.strip()) <= 14 for word in words)


def ends_article(line: str) -> bool:
    """Does everything from this line on belong to the page?"""
    line = _ICONS.sub("", line.strip())
    return 0 < len(line) <= LONGEST and _END.fullmatch(line) is not None
