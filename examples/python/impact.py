"""What does a change do to a plan? impact.py CHANGE.json PLAN [FACTS]..."""

import sys

import rapport as rp


def main(change: str, *sources: str) -> None:
    project, _ = rp.read(*sources)
    plan = project.schedule()
    impact = plan.assess(rp.Change.from_file(change))
    print(impact.change.title)
    print("finish:", plan.finish, "->", impact.after.finish)
    print("cost:  ", impact.cost_delta)
    print("why:   ", impact.trail("finish"))
    for notice in impact.notices():
        print(f"{notice.part}: {notice.to.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
