"""The table of check codes: what each means, whether it blocks, and which ledgers use it."""

from collections import defaultdict
from collections.abc import Mapping

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.checks.catalogue import codes_of
from hengliang.measure.definition import Ledger
from reference.markdown import GENERATED, table

_SHARED = {
    "Q01": "必填值缺失",
    "Q02": "代码不在当年代码表内或格式不符",
    "Q03": "日期先后颠倒",
    "Q04": "事项不在计量期间：不计入，也不报问题",
    "Q05": "按条件应填的值缺失",
    "Q06": "图形无效，或面积与图形不符",
    "Q07": "位置不在所属区县，坐标系或坐标轴有误",
    "Q08": "业务主键重复，保留最先验收的一条",
    "Q09": "引用的对象不存在或当日无效",
    "Q10": "数值超出范围、单位有误或合计不符",
    "Q11": "自报完成但无佐证，或佐证哈希值不符",
    "Q12": "事项发生在录入之后，或早于仪器检定",
    "Q13": "迟录（超过30天）：计入并注明",
    "F01": "同一照片重复使用",
    "F02": "照片或人员位置远离对象，或拍摄时间不在现场时段",
    "F03": "同一人员行程不可能",
    "F04": "短时间内成批录入，或相同文字反复出现",
    "F05": "截止后补录以前日期的事项",
    "F06": "数值堆积：末位数字不均、整数过多、紧贴界限",
    "F07": "执行与验收为同一人",
    "F08": "监测序列复制",
    "F09": "结果恰好等于目标而期末记录稀少，或长期无一不合格：仅提示",
    "F10": "数据冻结后修改，或替换已验收的记录",
    "F11": "图形重复或重叠",
    "F12": "文号重复、断号、跳号，或早于依据",
    "F13": "监测值长时间不变",
    "F13b": "设备已验收但无数据",
    "F14": "同一设备或地址多份答卷",
    "F15": "同一成果重复提交",
}
_NOT_BLOCKING = {"Q04": "不计入", "Q13": "提示", "F09": "提示"}
_WITHOUT_DATA = """
## 规格中尚无数据可据以校核的事项

下列审计事项以文字写在规格中，所需数据不在台账栏目之内，未作校核：核查单位同时为矿山提供咨询（I01）；停产矿山用电、税收偏高（I03）；截止前将违法改判为合法、奖励按图斑拆小（I05，需历次版本与支付记录）；由供货方验收（I07）；合同后追加预算、供应商与竞买人关联（I10）；专家与单位关联（I12、I14）；
资本性支出列作运行经费、闭馆而经费用尽（I13）；多数指标值与上年相同（I15）；建筑面积紧贴容积率上限（I16）；计划日期事后调整（I17、I20）；无资质实验室、插补数据冒充实测（I21）；抵押与查封在迁移中被解除（I23）；仅凭挖掘机照片认定动工（I24）；只访问办成事的群众、窗口人员代填（I25）；
轨迹重放（G05）；延续冒充新建（G06）；摄像头被遮挡（G07）；一份数据分多次交付（G09）；化整为零报批（G10）；合同面积与计划面积不一致（G12）；供地后改作商品房（G13）；许可后调高容积率（G14）。
"""


def pages() -> Mapping[str, str]:
    """The page, below `docs/reference/`."""
    used: dict[str, list[str]] = defaultdict(list)
    for name, ledger in all_ledgers().items():
        for code in codes_of(ledger):
            used[code].append(name)
    shared = [
        [
            code,
            said,
            _NOT_BLOCKING.get(code, "不计入分子" if code[0] == "Q" else "存疑"),
            _ledgers(used[code]),
        ]
        for code, said in _SHARED.items()
    ]
    own = [
        [code, _meaning(code, used[code][0]), "不计入分子" if "-B" in code else "存疑", _ledgers(used[code])]
        for code in sorted(used)
        if code not in _SHARED
    ]
    heads = ["代码", "校核", "性质", "台账"]
    text = (
        f"{GENERATED}# 校核代码\n\n每个代码由哪些台账使用。"
        "“不计入分子”的记录仍留在分母中；“存疑”的记录照常计入，另给出剔除后的数值。\n\n"
        f"## 公用代码\n\n{table(heads, shared)}\n## 各台账自有代码\n\n{table(heads, own)}{_WITHOUT_DATA}"
    )
    return {"ledgers/codes.md": text}


def _ledgers(names: list[str]) -> str:
    return "、".join(f"[{name}]({name}.md)" for name in sorted(names)) or "（各台账的指标按期间取数）"


def _meaning(code: str, name: str) -> str:
    """What an own code says, in the words of its rule or of its check's ledger."""
    ledger = all_ledgers()[name]
    said = [rule.zh for rule in ledger.rules if rule.code == code]
    return "；".join(dict.fromkeys(said)) or _of_check(code, ledger)


def _of_check(code: str, ledger: Ledger) -> str:
    checks = [check.code for check in ledger.checks if check.reports == code]
    return _CHECKS.get(checks[0], checks[0]) if checks else ""


_CHECKS = {
    "too-near": "两处相距过近",
    "inside": "超出许可范围",
    "F04": "短时间内过于密集",
    "F05-end": "集中在期末几天",
    "F06-same": "全部为同一结果",
    "F06-equal": "两个数值分毫不差",
    "split": "合同拆分，单份低于招标限额",
    "number-gaps": "编号有缺",
    "nothing-twice": "连续两期为零",
    "listed-again": "同一宗地再次列入计划",
    "stale-images": "影像早于本期",
    "all-satisfied": "同一访问员的答卷全部满意",
    "straight-line": "各事项评价完全相同",
    "as-agreed": "到期日与合同不一致且无补充协议",
    "cancelled-soon": "发现变化后不久即核销",
    "lawful-spots": "案件所涉图斑已认定合法",
    "worse-class": "水质类别变差",
    "stages": "前一环节未完成即开始",
    "stages-area": "面积增大",
    "notice": "公告期不足",
    "shared-device": "一台设备多人使用",
    "repeated": "同一内容重复出现",
    "parcel-letters": "特征码不在标准内",
    "code-again": "代码重复启用",
    "lineage-area": "分割合并前后面积不符",
    "platform-buyer": "受让人为本市平台公司",
}
"""What the checks over several rows look for that report under a ledger's own code."""
