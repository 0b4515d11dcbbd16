interface Consumer {
  id: string;
  email: string | null;
  phone: string | null;
  fullName: string | null;
  createdAt: string;
}
