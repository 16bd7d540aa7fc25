"""What surrounds a report on its site, and the narrative in it, varied from page to page.

No two pages share more than a site's pages do: names of columns, headlines, addresses, identifiers, style and
scripts are drawn anew.  How much of each a page has is drawn too; tests/bench/README.md says to what figures.
"""
import html
import math

# Bytes of a page around its article, and characters of its narrative, as a rule.
CHROME, NARRATIVE = 21500, 1120

# Words of our own choosing, put together at random; what they say is nothing.
WHO = ("全县各级各部门", "各乡镇人民政府", "市直有关单位", "办公室", "信息中心", "各科室", "政务公开领导小组", "牵头单位", "责任单位",
       "街道办事处", "行政审批局", "分管负责同志", "工作专班", "各股室", "主管部门", "基层站所", "法制机构", "保密部门", "窗口工作人员",
       "新闻发言人", "网站编辑", "档案馆", "图书馆", "便民服务中心", "下属事业单位", "驻区单位")
HOW = ("认真", "及时", "全面", "持续", "切实", "主动", "依法", "按季度", "逐项", "分类", "严格", "稳妥", "深入", "扎实", "统一", "定期", "进一步",
       "着力", "不断", "有序", "同步", "准确", "规范", "逐级", "牢固", "精心", "大力", "从严", "分批", "多渠道")
DO = ("推进", "完善", "落实", "梳理", "更新", "强化", "优化", "编制", "修订", "发布", "解读", "审查", "公示", "督促", "检查", "整改", "拓展", "规范",
      "健全", "细化", "调整", "汇总", "核对", "回应", "清理", "归档", "培训", "部署", "考核", "通报", "征集", "办理", "答复", "指导", "监测", "评估")
WHAT = ("公开目录", "公开指南", "工作机制", "保密审查制度", "网站栏目", "政策解读", "重点领域信息", "财政预决算", "权责清单", "办事流程", "行政许可事项",
        "公共服务事项", "社会救助信息", "食品药品监管", "环境质量状况", "重大建设项目", "公共资源配置", "国有企业运营情况", "学校招生方案", "医疗卫生改革",
        "安全生产检查", "征地补偿标准", "保障性住房分配", "扶贫资金使用", "就业创业补贴", "防汛抗旱预案", "营商环境举措", "双随机抽查结果", "规范性文件",
        "人事任免", "统计公报", "会议纪要", "应急预案", "政务新媒体账号", "查阅场所", "依申请公开流程", "信访事项", "热点舆情", "民生实事", "农村危房改造",
        "生态保护红线", "道路交通管制", "价格收费目录", "惠企政策", "乡村振兴项目", "留抵退税", "疫情防控措施", "村务公开", "档案移交", "标准化目录")
SO = ("取得了一定成效", "得到群众认可", "工作质量稳步提高", "基本做到应公开尽公开", "保障了公众的知情权", "形成了上下联动的格局", "确保内容真实可靠",
      "方便企业和群众查询", "为下一步工作打下基础", "没有发生失泄密问题", "提升了政府公信力", "有关要求落到实处", "台账清楚、责任到人", "更新频次明显加快",
      "与上级要求仍有差距", "个别栏目更新不够及时", "人员力量还显不足", "公开的深度有待加强", "解读形式比较单一", "渠道建设还需加快")
UNITS = ("条", "件", "次", "篇", "期", "个", "人次", "场", "份", "项")
LINKS = ("，", "，并", "；", "，同时", "，不断", "，对", "，做到", "，积极", "，会同")
HEADS = ("召开{}部署会", "印发{}实施方案", "开展{}专项检查", "关于{}的公示", "关于{}的通知", "{}政策图解", "{}问答", "{}情况通报", "一图读懂{}", "关于征求{}意见的公告",
         "{}名单公布", "{}培训班举行")


def clause(rng):
    """Something that was done."""
    kind, pick = rng.random(), rng.choice
    if kind < 0.10:
        return f"全年{pick(DO)}{pick(WHAT)}{rng.randint(2, 400)}{pick(UNITS)}"
    if kind < 0.14:
        return f"于{rng.randint(1, 12)}月{rng.randint(1, 28)}日{pick(DO)}{pick(WHAT)}"
    if kind < 0.17:
        return f"按照《{pick(WHAT)}{pick(('管理办法', '工作要点', '实施细则', '暂行规定'))}》（〔{rng.randint(2008, 2024)}〕{rng.randint(1, 180)}号）"
    if kind < 0.24:
        return f"{pick(WHO)}{pick(DO)}{pick(WHAT)}和{pick(WHAT)}"
    if kind < 0.5:
        return f"{pick(HOW)}{pick(DO)}{pick(WHAT)}"
    if kind < 0.7:
        return f"{pick(WHO)}{pick(HOW)}{pick(DO)}{pick(WHAT)}"
    if kind < 0.85:
        return f"{pick(HOW)}{pick(DO)}、{pick(DO)}{pick(WHAT)}、{pick(WHAT)}"
    return pick(SO)


def paragraph(rng):
    """Three to eight sentences."""
    out = ""
    for _ in range(rng.randint(3, 8)):
        out += clause(rng)
        for _ in range(rng.randint(0, 3)):
            out += rng.choice(LINKS) + clause(rng)
        out += "。"
    return out


def narrative(rng, length):
    """Paragraphs of about `length` characters in all."""
    out = []
    while sum(map(len, out)) < length:
        out.append(paragraph(rng))
    return out


def headline(rng):
    return rng.choice(HEADS).format(rng.choice(HOW + WHO) + rng.choice(DO) + rng.choice(WHAT))


def token(rng, n):
    """An identifier of a content system, a hash in a file's name."""
    return f"{rng.getrandbits(4 * n):0{n}x}"


def address(rng):
    kind, y = rng.random(), rng.randint(2019, 2024)
    if kind < 0.4:
        return f"/art/{y}/{rng.randint(1, 12)}/{rng.randint(1, 28)}/art_1229_{rng.randint(10 ** 5, 10 ** 6)}.html"
    if kind < 0.7:
        return f"/xxgk/zcfg/{y}{rng.randint(1, 12):02}/t{y}{rng.randint(101, 1228):04}_{rng.randint(10 ** 5, 10 ** 6)}.shtml"
    return f"/col/col{rng.randint(10 ** 3, 10 ** 4)}/index.html"


WORDS = ("nav", "top", "main", "list", "box", "cont", "foot", "tit", "tab", "left", "right", "bread")


def rule(rng):
    def color():
        return f"#{rng.choice((rng.getrandbits(24), 0xffffff, 0x333333, 0x666666, 0xdddddd, 0x0066cc)):06x}"
    parts = [rng.choice((f"width:{rng.randint(60, 1200)}px", "margin:0 auto", f"color:{color()}",
                         f"padding:0 {rng.randint(1, 4)}0px", f"line-height:{rng.randint(2, 5)}0px", "float:left", "overflow:hidden",
                         f"background:url(/images/{rng.choice(WORDS)}_{rng.randint(1, 40)}.png) no-repeat", f"border-bottom:1px solid {color()}",
                         f"font-size:{rng.randint(6, 9) * 2}px", "display:inline-block", "text-align:center"))
             for _ in range(rng.randint(2, 5))]
    return f".{rng.choice(WORDS)}{rng.randint(1, 40)} {rng.choice(('', 'li', 'a:hover', '> td:nth-child(2)', 'span', 'dl dt'))}{{{';'.join(parts)}}}\n"


def statement(rng):
    name, other = (f"{rng.choice(('init', 'get', 'set', 'show', 'load', 'on', 'do'))}{rng.choice(('Page', 'Nav', 'List', 'Time', 'Code', 'Hit', 'Tab'))}"
                   for _ in range(2))
    n = rng.randint(1, 60)
    if rng.random() < 0.08:
        return rng.choice((f"var {name} = '{token(rng, 32)}';\n", f"{name}({rng.randint(1, 10 ** 6)}, '{token(rng, 8)}', {other});\n",
                           f"hm.src = \"https://stat.example.cn/h.js?{token(rng, 32)}\";\n"))
    return rng.choice((
        f"function {name}(a, b) {{\n\tif (a < {n} && b > 0) {{\n\t\treturn {other}(a, b);\n\t}}\n\treturn false;\n}}\n",
        f"\tdocument.write('<td>' + {name}(now) + '<\\/td>');\n", f"\t$('#{other}{n}').hide();\n\t$('#{other}{n + 1}').show();\n",
        f"\tfor (var i = 0; i < {name}.length; i++) {{\n\t\t{name}[i].className = '{rng.choice(WORDS)}';\n\t}}\n",
        f"$(document).ready(function () {{\n\t$('.{rng.choice(WORDS)}{n}').mouseover(function () {{ {name}(this); }});\n}});\n"))


def style(rng, size):
    out = '<style type="text/css">\n'
    while len(out) < size:
        out += rule(rng)
    return out + "</style>\n"


def script(rng, size):
    out = "<script>\n"
    while len(out) < size:
        out += statement(rng)
    return out + "//<table><tr><td>999</td></tr></table>\n</script>\n"


def entry(rng):
    """A line of a list: a column's name, or a headline with its date."""
    if rng.random() < 0.5:
        return f'<li><a href="{address(rng)}" target="_blank">{rng.choice(WHAT)}</a></li>\n'
    title = html.escape(headline(rng))
    return f'<li><a href="{address(rng)}" title="{title}">{title}</a><span>{rng.randint(2019, 2024)}-{rng.randint(1, 12):02}-' \
           f"{rng.randint(1, 28):02}</span></li>\n"


def chrome(rng, size):
    """The top of a site, about `size` bytes."""
    out = style(rng, size * 0.4) + script(rng, size * 0.35) + "<!-- <table><tr><td>888</td></tr></table> -->\n"
    out += f'<div class="top" id="{token(rng, 8)}"><ul class="nav">\n'
    done = len(out.encode())
    while done < size:
        line = entry(rng)
        if rng.random() < 0.08:
            line = f'</ul><div class="box{rng.randint(1, 20)}"><h3>{rng.choice(WHAT)}</h3><ul>\n{line}'
        done += len(line.encode())
        out += line
    return out + "</ul></div>\n"


def weight(rng, middle, spread):
    """About `middle`, seldom more than twice it or less than half."""
    return int(middle * math.exp(rng.gauss(0, spread)))
