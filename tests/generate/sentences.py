"""Sentences that state figures, and sentences whose numbers are no figure."""

# Wordings by indicator: {n} is the number, {y} the year, {we} the place the body calls itself.
WORDINGS = {
    "proactive.total": ["{y}年，{we}共主动公开政府信息{n}条。", "全年累计主动公开政府信息{n}条。",
                        "本年度主动公开各类政府信息共计{n}条。"],
    "proactive.channel.website": ["通过政府网站公开政府信息{n}条。", "其中，政府网站公开信息{n}条。"],
    "proactive.channel.wechat": ["政务微信公开政府信息{n}条。", "通过政务微信公众号发布信息{n}条。"],
    "requests.received": ["{y}年，{we}共收到政府信息公开申请{n}件。", "全年收到依申请公开政府信息申请{n}件。"],
    "requests.new": ["{y}年，{we}共收到政府信息公开申请{n}件。", "本年度新收政府信息公开申请{n}件。"],
    "review.total": ["因政府信息公开引发行政复议{n}件。", "{y}年发生政府信息公开行政复议{n}件。"],
    "litigation.total": ["因政府信息公开引发行政诉讼{n}件。", "{y}年发生政府信息公开行政诉讼{n}件。"],
    "training.courses": ["全年举办政府信息公开培训班{n}次。", "共举办各类培训班{n}次。"],
    "training.participants": ["接受培训{n}人次。", "全年累计培训{n}人次。"],
    "training.meetings": ["召开政府信息公开工作会议{n}次。"],
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
UNITS = {"proactive": "条", "requests": "件", "review": "件", "litigation": "件", "training.courses": "次",
         "training.meetings": "次", "training.participants": "人次",
         "response.channel.press_conferences": "次", "response.channel.interpretations": "篇",
         "capacity": "个"}
# Figures a report of 2019 or later may state only in prose, or beside the tables.
MODERN = {"requests.new": "total", "review.total": "value"}
FILLER = [
    "一是完善制度，明确公开的范围、程序和时限；二是压实责任，做到专人负责；三是强化审核，落实保密审查。",
    "按照《中华人民共和国政府信息公开条例》第二十条的规定，及时更新公开目录和指南。",
    "认真落实国办发〔2016〕80号文件要求，结合实际制定工作要点。",
    "坚持以公开为常态、不公开为例外，围绕群众关心的事项及时发布信息。",
    "下一步，将继续加强队伍建设，提高业务能力，推动公开工作再上台阶。",
    "存在的主要问题：1.公开内容还不够丰富；2.解读形式较为单一；3.基层力量相对薄弱。",
    "规范网站栏目设置，方便公众查询；加强政务新媒体管理，定期开展检查。",
]


def unit_of(indicator):
    while indicator:
        if indicator in UNITS:
            return UNITS[indicator]
        indicator = indicator.rpartition(".")[0]
    return ""


def state(rng, indicator, column, value, year, we):
    """A sentence that gives the figure, and its fact."""
    words = WORDINGS[indicator]
    if value == "0" and indicator in ZERO and rng.random() < 0.6:
        words = ZERO[indicator]
    text = rng.choice(words).format(n=value, y=year, we=we)
    return text, (indicator, column, value, unit_of(indicator), "number")


def from_figures(rng, figures, year, we):
    """Up to five sentences repeating figures of the tables."""
    have = [(i, c) for i in WORDINGS for c in ("value", "total")
            if (i, c) in figures and figures[i, c].state == "number" and figures[i, c].wanted is None]
    picked = rng.sample(have, min(len(have), rng.randint(1, 5)))
    return [state(rng, i, c, figures[i, c].value, year, we) for i, c in sorted(picked)]


def alone(rng, year, we, scale):
    """Sentences of a report without tables, consistent with one another."""
    n = rng.randint(0, scale)
    website = rng.randint(0, n)
    out = [state(rng, "proactive.total", "value", str(n), year, we),
           state(rng, "proactive.channel.website", "value", str(website), year, we)]
    if year < 2019:
        out.append(state(rng, "requests.received", "value", str(rng.choice([0, 0, rng.randint(1, 60)])), year, we))
        out.append(state(rng, "training.courses", "value", str(rng.randint(1, 9)), year, we))
    else:
        out.append(state(rng, "requests.new", "total", str(rng.choice([0, 0, rng.randint(1, 60)])), year, we))
    out.append(state(rng, "review.total", "value", str(rng.choice([0, 0, rng.randint(1, 9)])), year, we))
    out.append(state(rng, "litigation.total", "value", str(rng.choice([0, 0, rng.randint(1, 9)])), year, we))
    return out
