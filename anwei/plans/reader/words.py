"""Words by which the grammar knows an organisation, a date line, a plan's title and a chapter of principles."""

import re

_UNIT_ENDS = (
    "局|委|办|部|厅|署|院|处|科|股|室|所|站|台|中心|大队|支队|总队|中队|公司|集团|政府|管委会|委员会|指挥部|小组|街道|镇|乡|村|社区|办事处"
    "|单位|部门|机构|企业|学校|园区|园|开发区|新区|工会|团委|妇联|残联|科协|工商联|银行|专班|会|党委|党组|纪委|监委|报社|联社|社|行|网|队|组"
    "|港|厂|矿|院校|高校|医院|海关|各地|县|市|区|旗|州|省|盟|县区|市区|基地|平台|协会|商会|电信|移动|联通|铁塔|消防|公安|邮政|烟草|成员|业主|场|库|航道|支行|所在地|街办|乡镇|镇街|街镇|专委|安委|园区办|所属|新城|城区|电网|供电"
)
UNIT_TAIL = re.compile(rf"(?:{_UNIT_ENDS})(?:（[^（）]*）)*$")
"""Ends like an organisation's name: 区应急局, 各镇（街道）, 安委会各成员单位."""

ADMIN_HEAD = re.compile(
    r"^(?:省|市|县|区|旗|州|镇|乡|国家|自治区|全省|全市|全区|全县|中央|[省市县区]委|[省市县区]直|[省市县区]级|各|驻|相关|有关|公安)"
)
"""Starts like an organisation's name: 区…, 市…, 各…, 国家…."""

DATE_LINE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份)?(?:底|末)?(?:之?前)?$|年[底内末]前?$|全年$|长期|常态化|持续|季度末?前?$|上半年$"
)

PLAN_NOUN = (
    "要点|工作方案|实施方案|行动方案|方案|行动计划|工作计划|计划|重点工作安排|工作安排|任务安排|安排|实施意见|意见|任务清单|责任清单|工作清单|清单"
    "|任务分解表|任务分工表|任务表|分解表|分工表|分工方案|任务分解|责任分解|任务分工|责任分工|重点任务|重点工作|措施|若干措施|规划|行动|目标任务|任务书|工作任务|任务分配|工作分工|职责分工|责任分工表|责任表|责任书|任务表|台账|一览表|明细表|配档表|推进表"
)
PLAN_TITLE = re.compile(rf"(?:{PLAN_NOUN})(?:（[^（）]{{1,20}}）)*$")
NO_PLAN_TITLE = re.compile(
    r"(?:总结|报告|简报|纪要|讲话|致辞|新闻|通报|条例|法|规定|办法|合同|协议|公告|公示|批复|函|说明书|指南|教材|论文|制度|规程|规范|标准|预案|章程|解读|名单|信|日记|简历|游记|手册)(?:（[^（）]{1,20}）)*$"
)

PRINCIPLES = re.compile(
    "总体要求|总体思路|总体目标|指导思想|基本原则|工作原则|工作目标|主要目标|目标要求|年度目标|整治目标|行动目标|目标任务$|工作思路|基本思路|工作要求|有关要求|相关要求|几点要求|具体要求$|保障措施|保障机制|组织保障"
    "|组织领导|组织实施|加强领导|组织机构|组织体系|机构设置|责任体系$|提高认识|统一思想|提高(?:政治)?站位|编制依据|适用范围|工作背景|背景|形势|现状|附则|名词解释|其他事项|信息报送|材料报送|报送要求|报送时间"
    "|督导检查|监督检查$|督促检查|督查考核|考核问责|考核奖惩|监督考核|监督问责|责任追究$|宣传引导|联系方式|工作机制$|职责分工$|注意事项|整治范围|整治对象|检查范围|检查对象|检查方式|时间安排$|时间步骤$"
)
"""Headings of chapters that set no task (总体要求, 保障措施 …), as long as nobody is named in them."""

_FRAME = re.compile(
    "(?:总体(?:要求|思路|目标)|指导思想|(?:基本|工作)原则|(?:工作|主要|年度|整治|行动)?目标(?:要求)?|(?:工作|基本)思路|(?:工作|有关|相关|几点|具体)要求"
    "|(?:组织)?保障措施|编制依据|适用范围|工作背景|附则|名词解释|其他事项|(?:信息|材料)报送|报送要求|联系方式|注意事项)"
)

SCHEDULE = re.compile("步骤|阶段|时间安排|进度安排|实施安排|工作安排|方法步骤")


def principled(title: str) -> bool:
    """Is a heading one of principles, framework or housekeeping?"""
    bare = re.sub(r"[，。：；、\s]", "", title[:30])
    return len(title) <= 24 and bool(PRINCIPLES.search(bare))


def frames(title: str) -> bool:
    """Is a heading the bare name of a frame (工作目标, 基本原则)? «加强宣传引导» among tasks is a task."""
    return bool(_FRAME.fullmatch(re.sub(r"[，。：；、\s]", "", title[:30])))


def names_unit(text: str) -> bool:
    """Could `text` be the name of an organisation?"""
    return 2 <= len(text) <= 45 and bool(UNIT_TAIL.search(text))


_ITSELF = re.compile("各?(?:责任|牵头|配合|参与|主办|协办|承办)(?:单位|部门)$")


def organisation(name: str) -> bool:
    """A name that can stand without brackets: it begins like a unit (区…, 市…, 各…) or ends like one without doubt."""
    return not _ITSELF.match(name) and bool(
        ADMIN_HEAD.match(name)
        or re.search("(?:局|委|办|厅|部|大队|支队|公司|政府|街道|中心|管委会|委员会|办公室)$", name)
        or re.search("..(?:所|站|院|分行|中队|社区|法庭|分局|工会|团委|妇联)$", name)
    )
