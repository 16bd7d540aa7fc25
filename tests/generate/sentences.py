"""Sentences that state figures, in many wordings, and sentences whose numbers are no figure."""

# Wordings by indicator: {n} is the number, {y} the year, {we} the place the body calls itself.
WORDINGS = {
    "proactive.total": ["{y}年，{we}共主动公开政府信息{n}条。", "全年累计主动公开政府信息{n}条。",
                        "本年度主动公开各类政府信息共计{n}条。", "一年来，主动公开政府信息{n}条。"],
    "proactive.channel.website": ["通过政府网站公开政府信息{n}条。", "政府门户网站发布政府信息{n}条。"],
    "proactive.channel.weibo": ["政务微博公开政府信息{n}条。", "通过政务微博发布信息{n}条。"],
    "proactive.channel.wechat": ["政务微信公开政府信息{n}条。", "通过政务微信公众号发布信息{n}条。"],
    "proactive.channel.gazette": ["政府公报公开政府信息{n}条。"],
    "normative.issued": ["全年制发规范性文件{n}件。"],
    "requests.received": ["{y}年，{we}共收到政府信息公开申请{n}件。", "全年收到依申请公开政府信息申请{n}件。",
                          "本年度受理政府信息公开申请{n}件。"],
    "requests.received.in_person": ["当面申请{n}件。"],
    "requests.received.online": ["网络申请{n}件。"],
    "requests.received.mail": ["信函申请{n}件。"],
    "requests.concluded": ["申请办结{n}件。"],
    "requests.result.agreed": ["同意公开答复{n}件。"],
    "requests.result.not_exist": ["申请信息不存在{n}件。"],
    "requests.new": ["{y}年，{we}共收到政府信息公开申请{n}件。", "本年度新收政府信息公开申请{n}件。"],
    "requests.carried_in": ["上年结转政府信息公开申请{n}件。"],
    "requests.carried_out": ["结转下年度继续办理{n}件。"],
    "requests.result.granted": ["予以公开{n}件。"],
    "review.total": ["因政府信息公开引发行政复议{n}件。", "{y}年发生政府信息公开行政复议{n}件。"],
    "litigation.total": ["因政府信息公开引发行政诉讼{n}件。", "{y}年发生政府信息公开行政诉讼{n}件。"],
    "complaints.total": ["收到政府信息公开方面的举报投诉{n}件。"],
    "training.courses": ["全年举办政府信息公开培训班{n}次。", "共举办各类培训班{n}次。"],
    "training.participants": ["接受培训{n}人次。", "全年累计培训{n}人次。"],
    "training.meetings": ["召开政府信息公开工作会议{n}次。"],
    "response.hot_topics": ["全年回应公众关注热点或重大舆情{n}次。"],
    "response.channel.press_conferences": ["全年召开新闻发布会{n}次。", "举办新闻发布会{n}次。"],
    "response.channel.interpretations": ["发布政策解读稿件{n}篇。"],
    "capacity.reading_points": ["{we}设置政府信息公开查阅点{n}个。"],
}
ZERO = {
    "requests.received": ["{y}年，{we}未收到政府信息公开申请。", "全年没有收到依申请公开政府信息的申请。"],
    "requests.new": ["{y}年，{we}未收到政府信息公开申请。", "本年度未收到公民、法人或其他组织提出的政府信息公开申请。"],
    "review.total": ["{y}年未发生因政府信息公开引起的行政复议。"],
    "litigation.total": ["{y}年未发生因政府信息公开引起的行政诉讼。"],
}
# One sentence for a whole and its parts: (whole, its words, [(part, its words)], words before the parts).
LISTS = [
    ("proactive.total", "全年主动公开政府信息{}条", [
        ("proactive.channel.gazette", "政府公报{}条"), ("proactive.channel.website", "政府网站{}条"),
        ("proactive.channel.weibo", "政务微博{}条"), ("proactive.channel.wechat", "政务微信{}条"),
        ("proactive.channel.other", "其他方式{}条")]),
    ("requests.received", "共收到政府信息公开申请{}件", [
        ("requests.received.in_person", "当面申请{}件"), ("requests.received.fax", "传真申请{}件"),
        ("requests.received.online", "网络申请{}件"), ("requests.received.mail", "信函申请{}件")]),
    ("requests.concluded", "申请办结数{}件", [
        ("requests.concluded.on_time", "按时办结{}件"), ("requests.concluded.extended", "延期办结{}件")]),
]
FILLER = [
    "一是完善制度，明确公开的范围、程序和时限；二是压实责任，做到专人负责；三是强化审核，落实保密审查。",
    "按照《中华人民共和国政府信息公开条例》第二十条的规定，及时更新公开目录和指南。",
    "认真落实国办发〔2016〕80号文件要求，结合实际制定工作要点。",
    "坚持以公开为常态、不公开为例外，围绕群众关心的事项及时发布信息。",
    "下一步，将继续加强队伍建设，提高业务能力，推动公开工作再上台阶。",
    "存在的主要问题：1.公开内容还不够丰富；2.解读形式较为单一；3.基层力量相对薄弱。",
    "规范网站栏目设置，方便公众查询；加强政务新媒体管理，定期开展检查。",
    "申请人可以当面、信函或通过网站提出申请，自收到申请之日起20个工作日内予以答复。",
]
DIGITS = "零一二三四五六七八九"


UNITS = {"proactive.total": "条", "normative.issued": "件", "training.courses": "次", "training.meetings": "次",
         "training.participants": "人次", "response.hot_topics": "次", "response.channel.press_conferences": "次",
         "response.channel.interpretations": "篇", "capacity.reading_points": "个"}
UNITS.update({"proactive.channel." + c: "条" for c in ("gazette", "website", "weibo", "wechat", "other")})


def spelled(n):
    """A number below 1000 in Chinese numerals."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    out = DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (DIGITS[ones] if ones or not out else "")


def written(rng, value):
    """The number as somebody writes it."""
    n, pick = int(value), rng.random()
    if 0 < n < 1000 and pick < 0.08:
        return spelled(n)
    if n >= 1000 and pick < 0.2:
        return f"{n:,}"
    if n >= 10000 and n % 100 == 0 and pick < 0.6:
        return f"{n / 10000:g}万"
    if pick > 0.94:
        return value.translate({ord(str(d)): 0xff10 + d for d in range(10)})
    return value


def fact(indicator, column, value):
    return indicator, column, value, UNITS.get(indicator, "件"), "number"


def state(rng, indicator, column, value, year, we):
    """A sentence that gives the figure, and its facts."""
    words = WORDINGS[indicator]
    if value == "0" and indicator in ZERO and rng.random() < 0.6:
        words = ZERO[indicator]
    text = rng.choice(words).format(n=written(rng, value), y=year, we=we)
    return text, [fact(indicator, column, value)]


def listed(rng, whole, parts, figures):
    """A sentence with a whole and its parts, as 其中 or 分别为 says them."""
    key, words, kinds = next(item for item in LISTS if item[0] == whole)
    facts = [fact(key, "value", figures[key])]
    text = words.format(written(rng, figures[key])) + rng.choice(("，其中：", "，其中"))
    text += rng.choice(("，", "、", "；")).join(w.format(figures[k]) for k, w in kinds if k in parts) + "。"
    return text, facts + [fact(k, "value", figures[k]) for k, _ in kinds if k in parts]


def from_figures(rng, figures, year, we):
    """Up to six sentences repeating figures of the tables."""
    have = [(i, c) for i in WORDINGS for c in ("value", "total")
            if (i, c) in figures and figures[i, c].state == "number" and figures[i, c].wanted is None]
    picked = sorted(rng.sample(have, min(len(have), rng.randint(1, 5))))
    out = [state(rng, i, c, figures[i, c].value, year, we) for i, c in picked]
    values = {i: v.value for (i, c), v in figures.items() if c == "value"}
    for whole, _, parts in LISTS:
        # One item may stand on several channels; a sentence with 其中 would then not close.
        closes = whole in values and int(values[whole]) >= sum(int(values[k] or 0) for k, _ in parts)
        if closes and rng.random() < 0.3:
            out.append(listed(rng, whole, {k for k, _ in parts}, values))
    return out


def alone(rng, year, we, scale):
    """Sentences of a report without tables, consistent with one another."""
    parts = [rng.randint(0, scale) for _ in range(3)]
    values = dict(zip(("proactive.channel.website", "proactive.channel.weibo", "proactive.channel.wechat"), parts))
    values["proactive.total"] = sum(parts)
    values = {k: str(v) for k, v in values.items()}
    out = []
    if rng.random() < 0.5:
        out.append(listed(rng, "proactive.total", set(values), values))
    else:
        out += [state(rng, k, "value", values[k], year, we) for k in ("proactive.total", "proactive.channel.website")]
    requests = ("requests.received", "value") if year < 2019 else ("requests.new", "total")
    out.append(state(rng, *requests, str(rng.choice([0, 0, rng.randint(1, 60)])), year, we))
    for indicator in ("training.courses", "review.total", "litigation.total"):
        out.append(state(rng, indicator, "value", str(rng.choice([0, 0, rng.randint(1, 9)])), year, we))
    return out
