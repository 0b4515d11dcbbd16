interface DistributionStatus {
  status: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT";
  enteredAt?: string;
  admittedAt?: string;
  completedAt?: string;
  denyReason?: string;
  position?: number;
  admissionToken?: string;
}

interface Experience {
  id: string;
  name: string;
  openAt: string | null;
  closeAt: string | null;
  timeZone: string | null;
  theme: ExperienceTheme | null;
  sequences: Sequence[];
}
