import type { StaffRole } from "@secondlook/domain/access/roles";
import type { NewStaff } from "@secondlook/db/staff/add-staff";

const person = (handle: string, role: StaffRole): Omit<NewStaff, "id"> => ({
  handle,
  role,
  displayName: `${role} ${handle.split("-")[1] ?? ""}`,
  regions: null,
  languages: null,
  skills: [],
});

/** The accounts of every test app; `reviewer-4` gets only AE and DE, in Arabic and German. */
export const TEST_STAFF: readonly Omit<NewStaff, "id">[] = [
  person("reviewer-1", "reviewer"),
  person("reviewer-2", "reviewer"),
  person("reviewer-3", "reviewer"),
  { ...person("reviewer-4", "reviewer"), regions: ["AE", "DE"], languages: ["ar", "de"] },
  person("senior-1", "senior"),
  person("lead-1", "lead"),
  person("lead-2", "lead"),
  person("auditor-1", "auditor"),
  person("privacy-1", "privacy"),
  person("admin-1", "admin"),
];
