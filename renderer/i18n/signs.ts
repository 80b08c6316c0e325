import {
  AtSign,
  Briefcase,
  CalendarClock,
  CircleCheck,
  CircleCheckBig,
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
  MessageSquareText,
  Phone,
  PhoneIncoming,
  PhoneOutgoing,
  ReceiptText,
  Smartphone,
  StickyNote,
  Tag,
  Voicemail,
} from 'lucide-react';
import type { CallView } from '../../shared/contracts/call.ts';
import type { Channel, TimelineItem } from '../../shared/contracts/contact.ts';
import type { IdentifierKind } from '../../shared/contracts/record.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';

/** What an entry of a timeline is drawn as, wherever it stands: a sign is a word too, and means the same on every page. */
export const entrySigns: Readonly<Record<TimelineItem['kind'], LucideIcon>> = {
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
  document: FileText,
};

export const identifierSigns: Readonly<Record<IdentifierKind, LucideIcon>> = {
  mobile: Smartphone,
  phone: Phone,
  email: AtSign,
  chatVisitor: MessageSquare,
  externalId: Hash,
  membership: IdCard,
};

export const channelSigns: Readonly<Record<Channel, LucideIcon>> = {
  voice: Phone,
  email: Mail,
  sms: Smartphone,
  chat: MessageSquareText,
  document: FileText,
};

/** Of work on the screen: who called whom, that nobody is on the line, or how they wrote. `call` is null while it rings. */
export function callSign(
  { message, written }: Pick<ScreenPop, 'message' | 'written'>,
  call: Pick<CallView, 'dialled' | 'message'> | null,
): LucideIcon {
  if (written) return channelSigns[written.channel];
  if (call === null ? message : call.message) return Voicemail;
  return call?.dialled ? PhoneOutgoing : PhoneIncoming;
}

/** What is owed to a customer, and what was done with. */
export const followUpSigns: Readonly<Record<'callback' | 'promise' | 'task' | 'caseClosed', LucideIcon>> = {
  callback: PhoneOutgoing,
  promise: CalendarClock,
  task: CircleCheck,
  caseClosed: CircleCheckBig,
};
