import {
  AtSign,
  Briefcase,
  CalendarClock,
  CircleCheck,
  CreditCard,
  FileText,
  Gift,
  Hash,
  IdCard,
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
} from 'lucide-react';
import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { IdentifierKind } from '../../../shared/contracts/record.ts';

export const streamIcons: Readonly<Record<TimelineItem['kind'], LucideIcon>> = {
  call: Phone,
  email: Mail,
  sms: Smartphone,
  chat: MessageSquare,
  visit: MapPin,
  case: Briefcase,
  bill: ReceiptText,
  note: StickyNote,
  promise: CalendarClock,
  task: CircleCheck,
  offer: Tag,
  gift: Gift,
  payment: CreditCard,
  merge: Merge,
};

export const identifierIcons: Readonly<Record<IdentifierKind, LucideIcon>> = {
  mobile: Smartphone,
  phone: Phone,
  email: AtSign,
  chatVisitor: MessageSquare,
  externalId: Hash,
  membership: IdCard,
};

export const fileIcon = FileText;
