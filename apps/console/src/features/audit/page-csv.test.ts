import { expect, test } from "vitest";
import { pageCsv } from "./page-csv.ts";

test("a page as CSV keeps names as they are, and runs as no formula", () => {
  const row = {
    index: 7,
    eid: "e-7",
    at: "2026-11-02T09:14:03.000Z",
    kind: "case.view",
    outcome: "allowed",
    actor: "usr_1",
    name: '=SUM(1), "عليّ"',
    role: "lead",
    caseId: null,
    subjectId: "sub_1",
  };
  expect(pageCsv([row]).split("\r\n")).toEqual([
    "position,at,kind,outcome,actor,name,role,case,subject,event",
    '7,2026-11-02T09:14:03.000Z,case.view,allowed,usr_1,"\'=SUM(1), ""عليّ""",lead,,sub_1,e-7',
    "",
  ]);
});
