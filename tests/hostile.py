"""Strings that somebody may write to harm readers. Whatever runs, calls ``pwn``."""

from __future__ import annotations

# What a line of text may be: in every field that holds one, and in a record's text.
STRINGS = (
    *("<script>pwn(1)</script>", "<img src=x onerror=pwn(2)>", "<svg onload=pwn(3)>", '"><script>pwn(4)</script>'),
    *("' onmouseover='pwn(5)' x='", '" autofocus onfocus="pwn(6)" tabindex="1', "</title><script>pwn(7)</script>"),
    *("</script><script>pwn(8)</script>", "</textarea><img src=x onerror=pwn(9)>"),
    *("<!--><script>pwn(10)</script>-->", "]]><script>pwn(11)</script>", "{{ ''.__class__ }}", "{% raw %}"),
    *("{{7*7}}", "${pwn(12)}", "#{pwn(13)}", "javascript:pwn(14)", "JaVaScRiPt:pwn(15)"),
    *("\u3000javascript:pwn(16)", "data:text/html,<script>pwn(17)</script>", "//evil.example/x"),
    *("https:evil.example", "http:\\\\evil.example", "https://user@evil.example/", "file:///etc/passwd"),
    *("=cmd|'/C calc'!A0", "+1+cmd|x", "-2+3", "@SUM(1)", "＝1+1", "'=1", "\t=1", "0x10", "1e9", "NaN", "null"),
    *("~", "no", "甲\n乙", "甲\t乙", "甲\x01乙", "甲\x1b[31m乙", "甲\x85乙", "甲\u2028乙", "甲\ufffe乙"),
    *("甲\U0001fffe乙", "甲\0乙", "甲\u202e乙", "甲\u2066乙", "甲\u200b乙", "甲\u200d乙", "甲\xad乙"),
    *("甲\ufeff乙", "甲\U000e0041乙", "甲\x00", "\ue0f0title\ue0f1", "\x02klzzwxh:0000\x03", "klzzwxh:0001"),
    *("&#1;", "&#xFFFE;", "&lt;b&gt;", "&amp;amp;", "&Tab;", "甲]]>乙"),
    *("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷"),
    *("ééééééééé", "e\u0301", "\u0130\u0131\u017fK", "\ufb00", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    *("\u202e", "a\u0338a\u0338a\u0338a\u0338a\u0338a\u0338a\u0338a\u0338", "\\", "%00", "../../etc/passwd"),
    *("C:\\x", "甲/乙", "甲?乙#丙", "%2e%2e/", ".", "..", "-", "--", "#", "|", "`", "***", "[x](y)", "constructor"),
    *("__proto__", "toString", "__config", "gb-search", "search-results", "innerHTML", "body", "cookie"),
    *("[甲](javascript:pwn(18))", "<https://a.b/&#1;>", "![x](https://evil.example/x.png)", "**甲", "~~", "[^1]"),
    *("[TOC]",),
)

# Addresses, most of which no link may have. ``example.org`` alone may be linked to.
ADDRESSES = (
    *("javascript:pwn(1)", "JAVASCRIPT:pwn(2)", " javascript:pwn(3)", "\u3000javascript:pwn(4)"),
    *("\xa0javascript:pwn(5)", "\u2003javascript:pwn(6)", "\u200bjavascript:pwn(7)", "\ufeffjavascript:pwn(8)"),
    *("java&Tab;script:pwn(9)", "java&NewLine;script:pwn(10)", "&#106;avascript:pwn(11)"),
    *("&#x6A;avascript:pwn(12)", "javascript&colon;pwn(13)", "javascript&#58;pwn(14)", "&#1;javascript:pwn(15)"),
    *("java\tscript:pwn(16)", "%6aavascript:pwn(17)", "javascript%3Apwn(18)", "javascript\\:pwn(19)"),
    *("java\xadscript:pwn(20)", "\uff4aavascript:pwn(21)", "java\u017fcript:pwn(22)"),
    *("javascript://example.org/%0apwn(23)", "javascript://%E2%80%A8pwn(24)", "vbscript:pwn(25)"),
    *("livescript:pwn(26)", "data:text/html,<script>pwn(27)</script>"),
    *("data:text/html;base64,PHNjcmlwdD5wd24oMjgpPC9zY3JpcHQ+", "data:image/svg+xml,<svg/onload=pwn(29)>"),
    *("blob:https://example.org/x", "filesystem:https://example.org/x", "file:///etc/passwd"),
    *("view-source:https://example.org/", "ftp://example.org/", "intent:#Intent;end", "ms-word:x"),
    *("//evil.example/", "\\\\evil.example/", "/\\evil.example/", "https:evil.example", "https:/evil.example"),
    *("https:\\\\evil.example", "https://example.org@evil.example/", "https://example.org\\@evil.example/"),
    *("https://", "https://evil.example\u2044x", "https://[::1", "http://a/<b>", "?javascript:pwn(30)"),
    *("#javascript:pwn(31)", "feed:javascript:pwn(32)", "jar:https://evil.example!/x", "x-javascript:pwn(33)"),
    *("javascript\n:pwn(34)", "wss://e.x", "../../../../../javascript:pwn(35)", "./javascript:pwn(36)"),
    *("javascript:pwn(37)//.md", "mailto:x?body=<script>"),
)

# How a record's text may hold an address ``@``.
WAYS = (
    *("[甲](@)", "[甲](<@>)", "[甲](@ '题')", "<@>", "![甲](@)", "![甲](<@>)", "[甲][a]\n\n[a]: @"),
    *("[a]\n\n[a]: <@>", "![甲][a]\n\n[a]: @", "@", '<a href="@">甲</a>', "<a href='@'>甲</a>", "<a href=@>甲</a>"),
    *('<A HREF="@">甲</A>', '<a href="/" ping="@">甲</a>', '<img src="@">', '<img srcset="@ 2x" src="a.png">'),
    *('<img src=@ alt="甲">', '<blockquote cite="@">甲</blockquote>', '<q cite="@">甲</q>'),
    *('<ins cite="@">甲</ins>', '<form action="@"><button>甲', '<button formaction="@">甲</button>'),
    *('<iframe src="@"></iframe>', '<object data="@"></object>', '<embed src="@">'),
    *('<video poster="@" src="@"></video>', '<audio src="@"></audio>', '<source srcset="@">', '<track src="@">'),
    *('<svg><a xlink:href="@"><text y="9">甲</text></a></svg>', '<svg><use href="@"/></svg>', '<base href="@">'),
    *('<math><mi xlink:href="@">甲</mi></math>', '<link rel="stylesheet" href="@">', '<area href="@">'),
    *('<body background="@">', '<meta http-equiv="refresh" content="0;url=@">'),
    *('<table background="@"><tr><td>甲</table>', "[^1]\n\n[^1]: [甲](@)", '<p style="background:url(@)">甲</p>'),
    *('<a href="@" target="_blank">甲</a>', "| 甲 |\n| --- |\n| [乙](@) |", "> [甲](@)", "- [甲](@)", "## [甲](@)"),
    *("**[甲](@)**", '<a href="a.md" onclick="@">甲</a>', '<details ontoggle="@" open>甲</details>'),
)

# Ids and names that scripts of pages look for, written in all ways that a record's text has.
NAMING = (
    *('<h2 id="@">甲</h2>', '<a id="@" name="@">甲</a>', '<a name="@">甲</a>', '<img name="@" src="a.png">'),
    *("## @", "# 甲 {#@}", '<p id="@">甲</p>', '<form id="@" name="@"><input name="@" id="@"></form>'),
    *('<li id="@">甲</li>', '<iframe name="@"></iframe>', "[^@]\n\n[^@]: 乙", "<div id=@>甲</div>", "甲 {: #@ }"),
    *('<object id="@"></object>', '<embed name="@">', "@\n===", "<h2 ID='@'>甲</h2>", "[TOC]\n\n## @"),
    *('<h3 id=" @">甲</h3>', '<h3 id="text-@">甲</h3>', '<h3 id="fn:@">甲</h3>', '<svg id="@"></svg>'),
    *("## 甲 <b id=@>乙</b>",),
)

# How a text may ask a page to fetch an address ``@``.
FETCHING = (
    *(
        "![甲乙](@)",
        "![甲乙](<@>)",
        '![甲乙](@ "题")',
        "![甲乙][b]\n\n[b]: @",
        "![b][]\n\n[B]: <@> '题'",
        "![b]\n\n[b]:\n @",
    ),
    *("[![甲乙](@)](/topics/)", "> ![甲乙][b]\n>\n> [b]: @", "- ![甲乙](@)", "| ![甲乙](@) |\n| --- |\n| 乙 |"),
    *('<img src="@" alt="甲">', "<IMG SRC=@>", "<img alt='>' src='@'>", '<img\nsrc = "@"\nalt="甲">', "<img/src='@'/>"),
    *('<img srcset="a.png 1x, @ 2x" src="a.png">', '<picture><source srcset="@"><img src="a.png"></picture>'),
    *('<video poster="@"></video>', '<video src="@"></video>', "<audio src='@'>", '<track src="@">', '<embed src="@">'),
    *('<input type=image src="@">', '<iframe src="@"></iframe>', '<object data="@"></object>', '<body background="@">'),
    *('<table background="@"><tr><td>甲</table>', '<svg><image href="@"/></svg>', '<svg><use xlink:href="@"/></svg>'),
    *('<svg><feImage href="@"/></svg>', '<svg><rect fill="url(@)"/></svg>', '<svg><set to="@"/></svg>'),
    *('<link rel=icon href="@">', '<link rel=preload imagesrcset="@ 2x">', '<applet code="@">', '<base href="@">'),
    *(
        '<p style="background:url(@)">甲</p>',
        "<p style='background: url(\"@\")'>甲</p>",
        '<img lowsrc="@" src="a.png">',
    ),
    *(
        "<p style=\"background:image-set('@' 1x)\">甲</p>",
        "<style>p{background:url(@)}</style>",
        "<style>p{content:url(@)}",
    ),
    *("<style>p{list-style:'@'}</style>", '<svg><style>a{mask:url("@")}</style></svg>', '<a href="/" ping="@">甲</a>'),
    *('<a href="/" style="cursor:url(@),auto">甲</a>', '<meta http-equiv=refresh content="0;url=@">'),
)
