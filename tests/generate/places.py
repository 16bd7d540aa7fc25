"""Places and bodies: whose report a made page is, and the evidence its footer gives for it."""
import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.environ.get("XXGK_TABLES", os.path.join(HERE, "..", "..", "common", "tables"))
# The one character that stands before ICP in a filing number, by the first two digits of the code.
PROVINCE_CHARACTER = dict(zip(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split(),
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇藏陕甘青宁新"))
KINDS = ("government", "government_office", "department", "township", "zone", "institution")
DEPARTMENTS = ("教育局 财政局 民政局 司法局 审计局 统计局 水利局 住房和城乡建设局 交通运输局 农业农村局 "
               "卫生健康局 应急管理局 人力资源和社会保障局 发展和改革局 市场监督管理局 自然资源局 "
               "文化和旅游局 医疗保障局 城市管理局 退役军人事务局 信访局 林业局").split()
PROVINCE_DEPARTMENTS = ("教育厅 财政厅 民政厅 司法厅 审计厅 水利厅 交通运输厅 住房和城乡建设厅 "
                        "农业农村厅 自然资源厅 统计局").split()
INSTITUTIONS = "公共资源交易中心 人民医院 疾病预防控制中心 图书馆 住房公积金管理中心 不动产登记中心".split()
TOWNS = "青山镇 河口镇 永安镇 新华镇 太平乡 东风镇 和平乡 城关镇 红旗镇 中心街道".split()


def table(*path):
    with open(os.path.join(TABLES, *path), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


class Region:
    """A row of regions.csv."""

    def __init__(self, row):
        self.code, self.name, self.short = row["code"], row["name"], row["short"]
        self.level, self.parent, self.kind = row["level"], row["parent"], row["kind"]
        self.first, self.last = int(row["from"]), int(row["to"] or 9999)
        self.successors = [c for c in row["successor"].split(";") if c]
        self.alias = row["alias"]

    def valid(self, year):
        return self.first <= year <= self.last


class Atlas:
    """All regions, zones and evidence; looked up by code and year."""

    def __init__(self):
        self.rows = [Region(r) for r in table("regions", "regions.csv")]
        self.by_code = {}
        for r in self.rows:
            self.by_code.setdefault(r.code, []).append(r)
        self.zones = table("regions", "functional_zones.csv")
        self.evidence = {}
        for e in table("regions", "evidence.csv"):
            for code in e["codes"].split(";"):
                self.evidence.setdefault((e["kind"], code), []).append(e["key"])
        self.pools = {}

    def at(self, code, year):
        """The row of a code in a year, or None."""
        return next((r for r in self.by_code.get(code, ()) if r.valid(year)), None)

    def chain(self, region, year):
        """The region and what it lies in, outermost first, without the made-up prefectures."""
        chain = [region]
        while chain[0].parent:
            up = self.at(chain[0].parent, year)
            if up is None:
                break
            chain.insert(0, up)
        return [r for r in chain if r.kind != "pseudo"]

    def pool(self, year, level):
        """The regions of a level in a year that have a government."""
        key = year, level
        if key not in self.pools:
            self.pools[key] = [r for r in self.rows if r.level == level and r.valid(year)
                               and r.kind not in ("pseudo", "placeholder", "sar")
                               and r.code[:2] in PROVINCE_CHARACTER]
        return self.pools[key]

    def lookup(self, kind, region, year):
        """Evidence keys (phone, postcode6, host ...) that fit the region, the nearest level first."""
        for r in reversed(self.chain(region, year)):
            keys = self.evidence.get((kind, r.code))
            if keys:
                return keys
        return []


class Body:
    """Whose report it is: region row, kind, name, level, scope, and the chain of names before it."""

    def __init__(self, atlas, region, kind, name, year, level=None):
        self.region, self.kind, self.name = region, kind, name
        self.level = level or region.level
        self.scope = "region" if kind == "government" else "own"
        self.chain = atlas.chain(region, year)
        # 吉林市 of 吉林省 keeps both names; a prefecture without counties is not repeated.
        self.full = "".join(r.name for r in self.chain[:-1]) + name
        phones = atlas.lookup("phone", region, year)
        self.area_code = phones[0] if phones else ""
        codes = atlas.lookup("postcode6", region, year)
        self.postcode = codes[0] if codes else ""
        hosts = atlas.lookup("host", region, year)
        self.host = "www." + hosts[0] + ".gov.cn" if hosts else ""
        self.icp = PROVINCE_CHARACTER[region.code[:2]] + "ICP备"
        self.police = ("川" if region.code[:2] == "51" else self.icp[0]) + "公网安备"

    def short_place(self):
        """我省, 我市, 我区 ... : the word the region calls itself by."""
        last = self.region.name[-1]
        return {"省": "全省", "市": "全市", "区": "全区", "县": "全县", "旗": "全旗", "盟": "全盟",
                "州": "全州"}.get(last, "全区" if self.region.level == "province" else "全县")


def body_of(atlas, rng, kind, year, region=None):
    """A body of that kind, its region drawn if not given."""
    if kind == "zone":
        zones = [z for z in atlas.zones if z["relation"] == "within" and z["confidence"] == "high"
                 and int(z["from"] or 0) <= year <= int(z["to"] or 9999)
                 and ";" not in z["parent"] and atlas.at(z["parent"], year)]
        zone = rng.choice(zones)
        region = atlas.at(zone["parent"], year)
        body = Body(atlas, region, kind, zone["name"] + "管理委员会", year, "zone")
        body.full = "".join(r.name for r in body.chain if r.name not in zone["name"]) + body.name
        body.zone = zone
        return body
    level = rng.choices(("county", "prefecture", "province"), (80, 17, 3))[0]
    if region is None:
        region = rng.choice(atlas.pool(year, "county" if kind == "township" else level))
    if kind == "government":
        return Body(atlas, region, kind, region.name + "人民政府", year)
    if kind == "government_office":
        office = "办公厅" if region.level == "province" else "办公室"
        return Body(atlas, region, kind, region.name + "人民政府" + office, year)
    if kind == "department":
        names = PROVINCE_DEPARTMENTS if region.kind in ("province", "autonomous_region") else DEPARTMENTS
        return Body(atlas, region, kind, region.name + rng.choice(names), year)
    if kind == "institution":
        return Body(atlas, region, kind, region.name + rng.choice(INSTITUTIONS), year)
    town = rng.choice(TOWNS)
    name = region.name + town + ("办事处" if town.endswith("街道") else "人民政府")
    return Body(atlas, region, kind, name, year, "township")
