"""What can be wrong with, or worth a look in, a boundary file and the shapes that come out of it.

A fault is a kind with its facts (`{code}`, `{other}`, metres, square metres); the texts are made from both.
"""

from collections.abc import Mapping
from typing import Any

from kernel.codes import CodeTable


class Severity(CodeTable):
    ERROR = "error", "错误", "error"
    WARNING = "warning", "提醒", "warning"
    NOTE = "note", "说明", "note"


class FaultKind(CodeTable):
    """The texts are templates over the facts of a fault."""

    UNREADABLE = "unreadable", "无法读取：{why}", "cannot be read: {why}"
    NO_GEOMETRY = "no_geometry", "没有图形", "there is no geometry"
    EMPTY = "empty", "图形为空", "the geometry is empty"
    NO_AREA = "no_area", "{type} 不是面", "a {type} is no area"
    THIRD_DIMENSION = "third_dimension", "图形含第三维", "the geometry has a third dimension"
    CURVES = "curves", "图形含曲线，请先转为折线", "the geometry has curves: make them lines first"
    VERTICES = "vertices", "节点多于 {most} 个", "more than {most} vertices"
    NOT_FINITE = "not_finite", "坐标不是有限数", "a coordinate is not finite"
    NOT_DEGREES = (
        "not_degrees",
        "坐标不是经纬度（先经度后纬度）",
        "the coordinates are not degrees of longitude and latitude",
    )
    NOT_METRES = (
        "not_metres",
        "坐标不在所声明的高斯－克吕格投影带内（先东后北，不带带号）",
        "the coordinates do not lie in the declared zone (easting, northing, without the zone's number)",
    )
    RING = "ring", "图形无效（不自动修复）：{why}", "the geometry is not valid, and is not repaired: {why}"
    OUTSIDE = "outside", "超出经度 73 至 136、纬度 3 至 54", "outside of longitude 73-136, latitude 3-54"
    TOO_NARROW = (
        "too_narrow",
        "取七位小数后无效：有一处窄于一厘米",
        "not valid any more at seven decimals: a part is narrower than a centimetre",
    )
    CODE = "code", "编码有误：{why}", "bad code: {why}"
    CODE_MISSING = "code_missing", "缺少编码", "the code is missing: a grid code has digits"
    CODE_DOUBLED = (
        "code_doubled",
        "编码 {code} 已在第 {first} 行出现",
        "code {code} stands already in row {first}",
    )
    NAME = (
        "name",
        "名称缺失、超过 {most} 字或含控制字符",
        "the name is missing, longer than {most} or holds a control character",
    )
    KIND = "kind", "网格类型应为 {known} 之一", "kind must be one of {known}"
    HOUSEHOLDS = (
        "households",
        "户数应为非负整数，或留空",
        "households must be a whole number, not negative, or left out",
    )
    NO_ABOVE = "no_above", "区划树中没有其上级 {above}", "no division {above} above it"
    TO_COME = (
        "to_come",
        "区划 {above} 自 {day} 起才生效，请自该日起导入",
        "division {above} begins on {day}: import it from that day on",
    )
    NOT_YOURS = "not_yours", "不在您的辖区内", "it is not in the own area"
    NOTHING_COMMON = (
        "nothing_common",
        "各行没有共同的上级区划",
        "the rows have no known division in common",
    )
    OVERLAP = (
        "overlap",
        "与 {other} 重叠 {area} 平方米，宽 {width} 米",
        "overlaps {other}: an overlap of {area} m², {width} m wide",
    )
    GAP = (
        "gap",
        "空隙 {area} 平方米，宽 {width} 米",
        "a gap of {area} m², {width} m wide, is in none of its parts",
    )
    SLIVER = (
        "sliver",
        "与 {other} 之间有窄缝：{area} 平方米，宽 {width} 米",
        "a sliver against {other}: {area} m², {width} m wide",
    )
    NOT_NODED = (
        "not_noded",
        "与 {other} 的公共边界节点不一致",
        "{other} does not share the vertices of the common border",
    )
    BEYOND = (
        "beyond",
        "超出上级 {other} 的范围 {area} 平方米，宽 {width} 米",
        "reaches {area} m², {width} m wide, beyond {other}",
    )
    ELSEWHERE = (
        "elsewhere",
        "按编码属于 {other}，图形却在 {inside} 内",
        "belongs to {other} by its code but lies in {inside}",
    )
    NO_PARENT_SHAPE = (
        "no_parent_shape",
        "上级没有可比对的图形",
        "no shape of the division above to compare with",
    )
    PARTS = "parts", "由 {parts} 块组成", "has {parts} parts"
    HOLES = "holes", "有 {holes} 个孔", "has {holes} holes"
    SIZE_HOUSEHOLDS = (
        "size_households",
        "{households} 户，不在 300 至 500 户之间",
        "{households} households, outside 300-500",
    )
    SIZE_AREA = (
        "size_area",
        "面积 {area} 平方米，与本批中位数 {median} 平方米相差悬殊",
        "{area} m², far from the median of {median} m²",
    )
    RENAMED = (
        "renamed",
        "图形与现行 {other} 相同，编码不同",
        "the shape of {other} in force under another code",
    )
    ENDS = (
        "ends",
        "将终止；现有 {assignments} 条责任关系",
        "ends; {assignments} assignments are in force for it",
    )
    SNAPPED = (
        "snapped",
        "按 {tolerance} 米容差吸附：移动或增加 {vertices} 个节点，最远 {moved} 米",
        "snapped within {tolerance} m: {vertices} vertices moved or added, by up to {moved} m",
    )


def words(kind: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The texts of a fault: Chinese, English."""
    known = FaultKind(kind)
    return known.zh.format_map(facts), known.en.format_map(facts)
