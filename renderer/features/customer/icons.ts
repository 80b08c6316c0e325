import {
  Briefcase,
  Cake,
  CalendarClock,
  FileText,
  Flag,
  type LucideIcon,
  Mail,
  MapPin,
  MessageSquare,
  Phone,
  ReceiptText,
  Smartphone,
  StickyNote,
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
};
export const caseIcons: Readonly<Record<CaseView['kind'], LucideIcon>> = { complaint: Flag, serviceRequest: Briefcase, repair: Wrench };
export const identifierIcons: Readonly<Record<Identifier['kind'], LucideIcon>> = {
  phone: Phone,
  mobile: Smartphone,
  email: Mail,
  externalId: FileText,
};
export const anniversaryIcon = Cake;
