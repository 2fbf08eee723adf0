"""What a task may ask for. The names say nothing about a person: phones hold them."""

from kernel.codes import CodeTable


class TaskKind(CodeTable, table="task_kind"):
    """任务类型; the list of grid duties 事项清单 (GR-8) names those that a grid takes."""

    GATHER = "gather", "补充核实信息", "gather facts"
    SETTLE = "settle", "上门调处", "settle on the spot"
    FOLLOW_UP = "follow_up", "回访", "follow-up visit"
    NOTIFY = "notify", "通知送达", "deliver a notice"
    ACCOMPANY = "accompany", "陪同到场", "accompany"
    PATROL = "patrol", "巡查", "patrol"
    REVIEW = "review", "审核", "review"
    ANSWER = "answer", "答复", "answer"
    FEEDBACK = "feedback", "处理结果反馈", "what became of it"
    CALL_UP = "call_up", "紧急情况无人查看，请立即处置", "danger that nobody has opened: act now"


class TaskState(CodeTable, table="task_state"):
    OPEN = "open", "待办", "open"
    DONE = "done", "已办", "done"
    CANCELLED = "cancelled", "已取消", "cancelled"


class DutyPost(CodeTable, table="duty_post"):
    """The two posts of a duty list 值班表: the deputy is called up when the main one cannot be reached."""

    MAIN = "main", "主班", "on duty"
    DEPUTY = "deputy", "副班", "deputy"


class HandingReason(CodeTable, table="hand_over_reason"):
    """Why what somebody owns is handed over 交接."""

    SHIFT_END = "shift_end", "交班", "end of a shift"
    LEAVE = "leave", "休假", "leave"
    DEPARTURE = "departure", "离任", "departure"
    ABSENT = "absent", "未交接离岗", "absent without a hand-over"


GRID_DUTIES = (
    TaskKind.GATHER,
    TaskKind.SETTLE,
    TaskKind.FOLLOW_UP,
    TaskKind.NOTIFY,
    TaskKind.ACCOMPANY,
    TaskKind.PATROL,
)
"""The district's own list: what a grid takes that names no list of its own."""
