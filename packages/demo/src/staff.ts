import type { StaffRole } from "@secondlook/domain/access/roles";

/** An account of the demo; null means every region or language. */
interface DemoPerson {
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
