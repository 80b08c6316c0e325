import type { AskTarget, Colleague } from '../../../shared/contracts/call-features.ts';
import type { Composed, MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import type { DocumentPlace } from '../../../shared/contracts/messages/documents.ts';
import type { TemplateField } from '../../../shared/contracts/messages/settings.ts';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Refusal } from '../../bridge/index.ts';
import type { InboxPanel, LoginFailure } from '../../stores/index.ts';
import type { PageSource } from '../../ui/index.ts';
import type { MailKind } from './begin-mail.ts';

/** What an agent does with written work. How it goes is told by what the bridge says of it; what is refused is told to the agent. */
export interface InboxDeeds {
  accept(reservationId: string): void;
  /** Out of the queue, past whoever would be offered it. */
  take(workItemId: string): void;

  /** Fetches the newest messages, unless they are there. */
  show(conversationId: string): void;
  loadOlder(conversationId: string): void;
  /** They have been seen up to there. */
  seen(interactionId: string, seq: number): void;
  /** Tells the customer, not at every key. */
  typing(interactionId: string): void;

  edit(interactionId: string, composed: Composed): void;
  /** What a mail of that kind begins with. */
  beginMail(interactionId: string, kind: MailKind): void;
  /** What is being written leaves; the place to write is free at once. */
  send(interactionId: string): void;
  sendAgain(clientId: string): void;
  /** What was not sent, back to where one writes. */
  takeBack(clientId: string): void;
  discard(clientId: string): void;
  withdraw(messageId: string): void;
  settle(messageId: string, as: 'sent' | 'sendAgain' | 'failed'): void;
  writeNote(interactionId: string, text: string): Promise<boolean>;

  attach(interactionId: string, files: readonly File[]): void;
  dropFile(interactionId: string, fileId: string): void;
  /** Hands it over as a download. */
  saveFile(file: MessageFile): void;
  /** Its bytes; null where they cannot be had. The same function from one drawing to the next. */
  fetchFile(fileId: string): Promise<Blob | null>;
  /** Its pages, to be closed by whoever shows them; null where they cannot be had. The same function from one drawing to the next. */
  openPages(file: Pick<MessageFile, 'fileId' | 'mediaType'>): Promise<PageSource | null>;
  /** The form of its own that a mail has, sanitised. */
  fetchHtml(messageId: string): Promise<string | null>;
  /** A mail with its head, as it came in: hands it over as a download. */
  saveSource(messageId: string): void;
  /** Those from elsewhere, of this mail, while the desktop is open. */
  showPictures(messageId: string): void;
  /** The address of the mail with its pictures, for a while; null where it cannot be had, which is told. The same function from one drawing to the next. */
  openMailPage(messageId: string): Promise<string | null>;

  wait(interactionId: string): void;
  snooze(interactionId: string, until: number): void;
  resume(interactionId: string): void;
  /** Null: it is theirs. */
  transfer(interactionId: string, to: AskTarget, words: { readonly reason: string; readonly note: string }): Promise<Refusal | null>;
  findColleagues(text: string): Promise<readonly Colleague[] | null>;
  invite(interactionId: string, agentId: string): void;
  leave(interactionId: string, agentId: string): void;
  /** With the outcome that was chosen, and the note. */
  close(interactionId: string): void;
  /** Null: it has begun. */
  begin(to: BeginTo): Promise<Refusal | null>;
  /** Calls whoever writes; null where their number is not known. */
  numberOf(interactionId: string): string | null;
  callInstead(interactionId: string): void;

  open(panel: InboxPanel | null): void;
  write(interactionId: string, what: 'message' | 'note'): void;
  /** Files of messages that are passed on: shown by their names where one writes. */
  knowFiles(files: readonly MessageFile[]): void;
  loadTemplates(): void;
  /** Our mailboxes and lines, once. */
  loadSources(): void;
  /** What the fields of a template stand for, as far as it is known. */
  fieldsOf(interactionId: string, locale: 'en' | 'zh'): Readonly<Partial<Record<TemplateField, string | null>>>;

  /** Where letters and forms can be brought to; null where it cannot be asked. */
  documentPlaces(): Promise<readonly DocumentPlace[] | null>;
  /** `known`: the very same came there before. `contactId`: whose it is. */
  bringIn(
    to: { readonly placeId: string; readonly contactId: string | null },
    file: File,
    progressed: (sentBytes: number) => void,
  ): Promise<'kept' | 'known' | LoginFailure>;
  /** The best few people by what is typed; null when the bridge cannot be asked. */
  findPeople(text: string): Promise<readonly SearchHit[] | null>;

  loadQuarantine(): void;
  /** As it came. */
  saveQuarantined(arrivalId: string): void;
  settleQuarantined(arrivalId: string, as: 'again' | 'discard'): void;
}

export interface BeginTo {
  readonly channel: 'email' | 'sms';
  readonly sourceId: string;
  readonly to: string;
  readonly contactId: string | null;
}
