"""Roles (角色), what each is permitted, and which exclude each other.

A role is held for an organisation and reaches that organisation and all below it, as far as `Reach` says. The
three administrators are kept apart as GB/T 22239—2019 level 3 asks (三员分立): nobody holds two of them, and
none of them holds a role in the business.
"""

from enum import StrEnum

from hengliang.base.message import Message, message


class Role(StrEnum):
    """What a person is in an organisation."""

    CLERK = "clerk"  # 填报人
    UNIT_HEAD = "unit_head"  # 单位负责人
    DEPARTMENT_REVIEWER = "department_reviewer"  # 主管部门审核
    FINANCE_REVIEWER = "finance_reviewer"  # 财政审核
    FINANCE_APPROVER = "finance_approver"  # 财政批复
    EVALUATOR = "evaluator"  # 评价人
    AUDITOR = "auditor"  # 审计
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 系统管理员
    SECURITY_ADMINISTRATOR = "security_administrator"  # 安全管理员
    AUDIT_ADMINISTRATOR = "audit_administrator"  # 审计管理员


class Permission(StrEnum):
    """One kind of act. A permission says who may ever do it; the state of things says whether now."""

    VIEW = "view"
    """Read declarations, evidence, scores of the organisations in reach."""
    EDIT = "edit"
    """Fill in a declaration, answer comments, adopt fixes, import a file."""
    SIGN = "sign"
    """Answer for what the unit hands in."""
    REVIEW_DEPARTMENT = "review_department"
    REVIEW_FINANCE = "review_finance"
    APPROVE = "approve"
    LOAD = "load"
    """Hand in evidence: records of ledgers and files."""
    EVALUATE = "evaluate"
    PUBLISH = "publish"
    MANAGE_ROUNDS = "manage_rounds"
    SEE_ROUND = "see_round"
    """The boards of a whole round: progress, findings, units side by side."""
    MANAGE_SYSTEM = "manage_system"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"


ADMINISTRATORS = frozenset((Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR))

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset((Permission.VIEW, Permission.EDIT, Permission.LOAD)),
    Role.UNIT_HEAD: frozenset((Permission.VIEW, Permission.EDIT, Permission.LOAD, Permission.SIGN)),
    Role.DEPARTMENT_REVIEWER: frozenset((Permission.VIEW, Permission.REVIEW_DEPARTMENT)),
    Role.FINANCE_REVIEWER: frozenset((Permission.VIEW, Permission.REVIEW_FINANCE, Permission.SEE_ROUND)),
    Role.FINANCE_APPROVER: frozenset(
        (
            Permission.VIEW,
            Permission.APPROVE,
            Permission.PUBLISH,
            Permission.MANAGE_ROUNDS,
            Permission.SEE_ROUND,
        )
    ),
    Role.EVALUATOR: frozenset((Permission.VIEW, Permission.EVALUATE)),
    Role.AUDITOR: frozenset((Permission.VIEW, Permission.SEE_ROUND, Permission.READ_AUDIT)),
    Role.SYSTEM_ADMINISTRATOR: frozenset((Permission.MANAGE_SYSTEM,)),
    Role.SECURITY_ADMINISTRATOR: frozenset((Permission.MANAGE_PEOPLE,)),
    Role.AUDIT_ADMINISTRATOR: frozenset((Permission.READ_AUDIT,)),
}

OWN_ONLY = frozenset((Role.CLERK, Role.UNIT_HEAD))
"""Roles that reach the organisation they are held for and none below it: each unit fills in its own form."""

BY_ASSIGNMENT = frozenset((Role.EVALUATOR,))
"""Roles of outside persons: they reach only the declarations that were given to them by name."""

WORDS: dict[Role, Message] = {
    Role.CLERK: message("Clerk"),
    Role.UNIT_HEAD: message("Head of unit"),
    Role.DEPARTMENT_REVIEWER: message("Department reviewer"),
    Role.FINANCE_REVIEWER: message("Finance reviewer"),
    Role.FINANCE_APPROVER: message("Finance approver"),
    Role.EVALUATOR: message("Evaluator"),
    Role.AUDITOR: message("Auditor"),
    Role.SYSTEM_ADMINISTRATOR: message("System administrator"),
    Role.SECURITY_ADMINISTRATOR: message("Security administrator"),
    Role.AUDIT_ADMINISTRATOR: message("Audit administrator"),
}


def excluded_by(role: Role) -> frozenset[Role]:
    """The roles that nobody may hold beside `role`."""
    if role in ADMINISTRATORS:
        return frozenset(Role) - {role}
    if role is Role.EVALUATOR:
        return frozenset(Role) - {role}
    if role is Role.AUDITOR:
        return frozenset(Role) - {role}
    return ADMINISTRATORS | {Role.EVALUATOR, Role.AUDITOR}
