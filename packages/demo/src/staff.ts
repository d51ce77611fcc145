import type { StaffRole } from "@secondlook/domain/access/roles";

/** An account of the demo; null means every region or language. */
export interface DemoPerson {
  readonly handle: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly regions: readonly string[] | null;
  readonly languages: readonly string[] | null;
  readonly skills: readonly string[];
}

const everywhere = { regions: null, languages: null, skills: [] };

/** The demo's accounts (DESIGN section 11). */
export const demoStaff: readonly DemoPerson[] = [
  { handle: "reviewer-1", displayName: "Rosa Reviewer", role: "reviewer", ...everywhere },
  { handle: "reviewer-2", displayName: "Ravi Reviewer", role: "reviewer", ...everywhere },
  { handle: "reviewer-3", displayName: "Rin Reviewer", role: "reviewer", ...everywhere },
  {
    handle: "reviewer-4",
    displayName: "Reem Reviewer",
    role: "reviewer",
    regions: ["AE", "DE"],
    languages: ["ar", "de"],
    skills: [],
  },
  { handle: "senior-1", displayName: "Sam Senior", role: "senior", ...everywhere },
  { handle: "lead-1", displayName: "Lena Lead", role: "lead", ...everywhere },
  { handle: "lead-2", displayName: "Luis Lead", role: "lead", ...everywhere },
  { handle: "auditor-1", displayName: "Ada Auditor", role: "auditor", ...everywhere },
  { handle: "auditor-2", displayName: "Amir Auditor", role: "auditor", ...everywhere },
  { handle: "privacy-1", displayName: "Priya Privacy", role: "privacy", ...everywhere },
  { handle: "admin-1", displayName: "Anna Admin", role: "admin", ...everywhere },
  { handle: "admin-2", displayName: "Akio Admin", role: "admin", ...everywhere },
];

const inFrance = { regions: ["FR"], languages: ["fr"], skills: [] };

/** The team that works the cases from France; its accounts are closed when it is done. */
export const workingTeam: readonly DemoPerson[] = [
  { handle: "paris-1", displayName: "Paul Paris", role: "reviewer", ...inFrance },
  { handle: "paris-2", displayName: "Perrine Paris", role: "reviewer", ...inFrance },
  { handle: "paris-3", displayName: "Pierre Paris", role: "reviewer", ...inFrance },
  { handle: "paris-lead", displayName: "Laure Paris", role: "lead", ...inFrance },
];
