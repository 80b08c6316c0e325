import {
  Banknote,
  Briefcase,
  Cake,
  CalendarClock,
  FileText,
  Flag,
  Gift,
  IdCard,
  ListChecks,
  type LucideIcon,
  Mail,
  MapPin,
  Merge,
  MessageSquare,
  Phone,
  ReceiptText,
  Smartphone,
  StickyNote,
  Tag,
  Wrench,
} from 'lucide-react';
import type { CaseView, Identifier, TimelineItem } from '../../../shared/contracts/contact.ts';

export const timelineIcons: Readonly<Record<TimelineItem['kind'], LucideIcon>> = {
  call: Phone,
  email: Mail,
  sms: Smartphone,
  chat: MessageSquare,
  visit: MapPin,
  case: Briefcase,
  bill: ReceiptText,
  note: StickyNote,
  promise: CalendarClock,
  task: ListChecks,
  offer: Tag,
  gift: Gift,
  payment: Banknote,
  merge: Merge,
};
export const caseIcons: Readonly<Record<CaseView['kind'], LucideIcon>> = { complaint: Flag, serviceRequest: Briefcase, repair: Wrench };
export const identifierIcons: Readonly<Record<Identifier['kind'], LucideIcon>> = {
  phone: Phone,
  mobile: Smartphone,
  email: Mail,
  externalId: FileText,
  chatVisitor: MessageSquare,
  membership: IdCard,
};
export const anniversaryIcon = Cake;
