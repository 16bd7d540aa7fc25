#!/usr/bin/env python3
"""Pages on which several reports stand one after the other: what is another body's, or of another year, is not given as
the page's own."""
from filters import facts_of
from tap import finish, ok

COUNTY = "丰县2012年政府信息公开工作年度报告"
OWN = ["2012年，全县主动公开政府信息4216条。", "收到政府信息公开申请37件。"]
SCHOOLS = ["丰县教育局2012年政府信息公开工作年度报告", "我局主动公开政府信息512条，我局收到申请3件，同意公开2件。"]
LAND = ["丰县国土资源局2012年政府信息公开工作年度报告", "我局主动公开政府信息641条。", "行政复议1件。"]
COUNTY_SAYS = {"proactive.total": "4216", "requests.received": "37"}

# What it is, the lines, whose, of which year, the main numbers.
CASES = [
    ("departments below their county", [COUNTY, *OWN, *SCHOOLS, *LAND], "government", "2012", COUNTY_SAYS),
    ("one department below its county", [COUNTY, *OWN, *SCHOOLS], "government", "2012", COUNTY_SAYS),
    ("a department's below its county's name is its own",
     ["丰县人民政府网", "丰县教育局2012年政府信息公开工作年度报告", *SCHOOLS[1:]], "department", "2012",
     {"proactive.total": "512", "requests.received": "3", "requests.result.agreed": "2"}),
    ("the name cut short is the same body",
     ["桃江县住建局2012年政府信息公开工作年度报告", "我局主动公开政府信息610条。",
      "桃江县住房和城乡建设局2012年政府信息公开工作年度报告", "收到申请12件。"], "department", "2012",
     {"proactive.total": "610", "requests.received": "12"}),
    ("links to others", [COUNTY, *OWN, SCHOOLS[0], LAND[0], "网站访问量：128811人次"], "government", "2012", COUNTY_SAYS),
    ("an earlier year below", [COUNTY, *OWN, "丰县2011年政府信息公开工作年度报告", "主动公开政府信息3900条，行政复议2件。"],
     "government", "2012", COUNTY_SAYS),
    ("years as headings", [COUNTY, "【2012年】", *OWN, "【2011年】", "主动公开政府信息3900条，行政复议2件。"],
     "government", "2012", COUNTY_SAYS),
    ("towns by turns, and what stands behind them",
     [COUNTY, *OWN, "二、乡镇情况", "（一）王沟镇", "收到申请1件，同意公开1件。", "（二）赵庄镇", "行政诉讼1件。",
      "三、复议情况", "全县行政复议2件。"], "government", "2012", {**COUNTY_SAYS, "review.total": "2"}),
    ("departments by turns, not numbered",
     [COUNTY, *OWN, "县教育局", "收到申请2件，同意公开2件。", "县公安局", "收到申请9件。行政复议1件。"],
     "government", "2012", COUNTY_SAYS),
    ("a paragraph for each",
     [COUNTY, *OWN, "1.县公安局。收到申请6件，同意公开5件。", "2.县环保局。行政复议1件。"], "government", "2012", COUNTY_SAYS),
    ("one name alone heads nothing of another's",
     [COUNTY, "2012年，全县主动公开政府信息4216条。", "（一）县政务公开办", "收到政府信息公开申请37件。"],
     "government", "2012", COUNTY_SAYS),
]

for name, lines, kind, year, want in CASES:
    got = facts_of("\n".join(lines) + "\n", worst=1)
    main = {f["indicator"]: f["value"] for f in got
            if f["role"] == "main" and f["indicator"] and f["origin"] != "page"}
    whose = {(f["body_kind"], f["year"]) for f in got}
    ok(main == want and whose == {(kind, year)}, name, whose, main)
finish()
