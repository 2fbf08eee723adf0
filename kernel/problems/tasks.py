"""Codes of tasks."""

from kernel.problems import define

define(
    "duty_not_listed",
    409,
    "该任务类型不在网格事项清单内",
    "This kind of task is not on the list of duties of the grid",
    law="GR-8",
)
define(
    "duty_overlaps",
    409,
    "该时段该岗位或该人员已排班",
    "Somebody holds this post, or the person another, then",
)
define(
    "duty_not_yours", 403, "值班表由本单位负责人排定", "The head of the centre or station plans its duty list"
)
define(
    "not_a_duty_officer",
    400,
    "该人员在此期间不是本单位值班员",
    "The person is no duty officer here all that time",
)
define(
    "duty_times_wrong",
    400,
    "值班起止时间有误",
    "The shift is over, too long or too far ahead, or ends before it begins",
)
define("duty_not_over_to_you", 403, "须由接班人签收", "Only who comes on duty next signs for the shift")
define("duty_not_handed_over", 409, "交班人尚未写交班记录", "Nothing has been handed over yet")
define("paper_in_future", 400, "纸质材料日期不得晚于今天", "The paper bears a date that has not come")
define("own_comparison", 403, "须由第二人核对", "A second person compares what you have entered")
define("nothing_to_hand_over", 409, "没有未结事项", "Nothing is open that could be handed over")
define(
    "not_a_colleague", 403, "须由本单位同岗位人员接收", "Only a colleague of the same role here takes it over"
)
define(
    "task_closed_by_act",
    409,
    "须作出决定后自动办结，不能直接标记",
    "The decision itself closes this task; it is not ticked off",
    law="PI-13/14",
)
