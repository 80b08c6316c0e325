import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { Bold, Italic, List, ListOrdered, Paperclip, Quote, Trash2, Zap } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import type { MessageTemplate } from '../../../shared/contracts/messages/settings.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import { useText } from '../../i18n/index.ts';
import { hasWords, nothingComposed, readComposed } from '../../stores/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { Attachments, FilePlace } from './Attachments.tsx';
import { readAddresses, writeAddresses } from './begin-mail.ts';
import { CameBack } from './CameBack.tsx';
import { CardNumberWarning } from './CardNumberWarning.tsx';
import { type ComposerProps, LookUp } from './Composer.tsx';
import { ComposerFrame } from './ComposerFrame.tsx';
import { DraftState } from './DraftState.tsx';
import { pickQuickReplies, typedAfterSlash } from './pick-quick-reply.ts';
import { QuickFind, QuickReplies, useQuickKeys } from './QuickReplies.tsx';

const longestHtml = 390_000;

/** A mail being written: to whom, about what, words with a little layout. Its own chunk: who writes no mail loads no editor. */
export function MailComposer({ stores, deeds, written, work, theirName, switcher, answers, lookUp }: ComposerProps) {
  const { t, formats } = useText();
  const { interactionId, conversation } = work;
  const { locale } = conversation;
  const draft = useStore(written.store, (all) => all[interactionId]);
  const composed = useMemo(() => readComposed(draft?.text), [draft?.text]);
  const now = useRef(composed);
  now.current = composed;
  const templates = useStore(stores.inbox, (inbox) => inbox.templates);
  const isPicking = useStore(stores.inbox, ({ panel }) => panel?.kind === 'quickReplies' && panel.interactionId === interactionId);
  const [slash, setSlash] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [hasCc, setHasCc] = useState(composed.cc.length + composed.bcc.length > 0);
  const refsId = useId();

  const edit = (change: Partial<Composed>) => {
    now.current = { ...now.current, ...change };
    deeds.edit(interactionId, now.current);
  };
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ heading: false, codeBlock: false, horizontalRule: false, link: { openOnClick: false, autolink: true } }),
    ],
    content: composed.html ?? paragraphs(composed.text),
    // Its style element is none that this page allows; `inbox.css` has what it needs.
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'mail-editor',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': t('composer.mailText'),
        'data-place': 'composer',
      },
    },
    onUpdate({ editor: changed }) {
      const text = changed.getText({ blockSeparator: '\n' });
      const html = changed.getHTML();
      edit({ text, html: text === '' || html.length > longestHtml ? null : html });
      setSlash(slashIn(changed));
    },
    onBlur: () => setSlash(null),
  });
  // What was taken back, or put there by another window, is shown; what is typed here is not put in again under the hands.
  useEffect(() => {
    if (editor && !editor.isDestroyed && composed.text !== editor.getText({ blockSeparator: '\n' }))
      editor.commands.setContent(composed.html ?? paragraphs(composed.text), { emitUpdate: false });
  }, [editor, composed]);
  useEffect(() => {
    deeds.loadTemplates();
    // The button that began it is gone, and the keyboard with it; from anywhere else it is not taken.
    if (editor && !editor.isDestroyed && document.activeElement === document.body) editor.commands.focus('start');
  }, [editor, deeds]);

  const found = useMemo(() => {
    if (slash === null && !isPicking) return null;
    return pickQuickReplies(templates ?? [], 'email', slash ?? typed, formats.language);
  }, [slash, isPicking, typed, templates, formats.language]);
  const closePicker = () => {
    setSlash(null);
    setTyped('');
    if (isPicking) deeds.open(null);
  };
  const put = (template: MessageTemplate) => {
    const fields = deeds.fieldsOf(interactionId, locale);
    const { text } = fillTemplate(template.text[locale], fields);
    const subject = fillTemplate(template.subject[locale], fields).text;
    const chain = editor?.chain().focus();
    if (slash !== null && editor)
      chain?.deleteRange({ from: editor.state.selection.from - slash.length - 1, to: editor.state.selection.from });
    chain?.insertContent(paragraphs(text)).run();
    // A conversation keeps its subject, by which it is found together.
    if (subject !== '' && now.current.about === null) edit({ subject });
    closePicker();
  };
  const quick = useQuickKeys(found, put, closePicker);

  const send = () => {
    if (now.current.to.length + now.current.cc.length + now.current.bcc.length === 0) return setProblem(t('composer.nobody'));
    if (problem !== null || !hasWords(now.current)) return;
    deeds.send(interactionId);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (quick.keyed(event)) return;
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  };
  const line = (which: 'to' | 'cc' | 'bcc') => (
    <AddressLine
      key={`${which}-${composed.about ?? ''}-${composed.kind}`}
      label={t(`message.mail.${which}`)}
      hint={t('composer.addresses')}
      addresses={composed[which]}
      onChange={(text) => {
        const { addresses, bad } = readAddresses(text);
        setProblem(bad === null ? null : t('composer.badAddress', { address: bad }));
        edit({ [which]: addresses });
      }}
    />
  );

  return (
    <ComposerFrame answers={answers} data-own-keys="Ctrl+Enter Ctrl+B" onKeyDownCapture={keyed}>
      <FilePlace className="composer-box is-mail" onFiles={(files) => deeds.attach(interactionId, files)}>
        {(choose) => (
          <>
            {found ? (
              <QuickReplies
                {...{ found, locale }}
                id={quick.id}
                atHand={quick.atHand}
                fields={deeds.fieldsOf(interactionId, locale)}
                onChoose={put}
              />
            ) : null}
            {isPicking ? <QuickFind {...{ typed, quick }} onType={setTyped} onClose={closePicker} /> : null}
            <div className="mail-lines">
              <div className="row mail-to">
                {line('to')}
                {hasCc ? null : (
                  <Button size="small" kind="quiet" onClick={() => setHasCc(true)}>
                    {t('composer.ccBcc')}
                  </Button>
                )}
              </div>
              {hasCc ? line('cc') : null}
              {hasCc ? line('bcc') : null}
              <label className="mail-field">
                <span className="small text-3">{t('composer.subject')}</span>
                <input maxLength={500} value={composed.subject} onChange={({ target }) => edit({ subject: target.value })} />
              </label>
            </div>
            <EditorContent editor={editor} className="mail-editor-place" aria-describedby={refsId} />
            <Attachments {...{ stores, deeds, interactionId }} fileIds={composed.fileIds} />
            <div className="row mail-refs">
              <p className="small text-3 grow" id={refsId}>
                {composed.kind === 'new' ? '' : t(composed.kind === 'forward' ? 'composer.refs.forward' : 'composer.refs.reply')}
              </p>
              <DraftState draft={draft} />
            </div>
            <CameBack {...{ stores, composed }} conversationId={conversation.conversationId} />
            {problem === null ? null : (
              <p className="small tone-broken mail-refs" role="alert">
                {problem}
              </p>
            )}
            <CardNumberWarning text={`${composed.subject}\n${composed.text}`} />
            <div className="composer-foot">
              {switcher}
              {editor && !editor.isDestroyed ? <Layout editor={editor} /> : null}
              <IconButton icon={Paperclip} label={t('composer.attach')} onClick={choose} />
              <IconButton
                icon={Zap}
                label={t('composer.quick')}
                aria-expanded={isPicking}
                onClick={() => deeds.open(isPicking ? null : { kind: 'quickReplies', interactionId })}
              />
              <LookUp action={lookUp} />
              <span className="push" />
              <IconButton icon={Trash2} label={t('composer.discard')} onClick={() => deeds.edit(interactionId, nothingComposed)} />
              <Button kind="primary" size="small" shortcut="Ctrl+Enter" disabled={!hasWords(composed)} onClick={send}>
                {t('composer.send')}
              </Button>
            </div>
          </>
        )}
      </FilePlace>
      <span className="sr-only">{theirName}</span>
    </ComposerFrame>
  );
}

/** Kept as it was typed until it is left: what is half an address is not taken away under the hands. */
function AddressLine(props: {
  readonly label: string;
  readonly hint: string;
  readonly addresses: Composed['to'];
  onChange(text: string): void;
}) {
  const [text, setText] = useState(() => writeAddresses(props.addresses));
  return (
    <label className="mail-field grow">
      <span className="small text-3">{props.label}</span>
      <input
        value={text}
        title={props.hint}
        maxLength={10_000}
        onChange={({ target }) => {
          setText(target.value);
          props.onChange(target.value);
        }}
      />
    </label>
  );
}

const layouts = [
  ['bold', Bold, 'composer.bold'],
  ['italic', Italic, 'composer.italic'],
  ['bulletList', List, 'composer.list'],
  ['orderedList', ListOrdered, 'composer.numbered'],
  ['blockquote', Quote, 'composer.quote'],
] as const;

function Layout({ editor }: { readonly editor: Editor }) {
  const { t } = useText();
  const active = useEditorState({ editor, selector: ({ editor: now }) => layouts.map(([name]) => now.isActive(name)).join() }).split(',');
  const toggle = (name: (typeof layouts)[number][0]) => {
    const chain = editor.chain().focus();
    const deeds = {
      bold: () => chain.toggleBold(),
      italic: () => chain.toggleItalic(),
      bulletList: () => chain.toggleBulletList(),
      orderedList: () => chain.toggleOrderedList(),
      blockquote: () => chain.toggleBlockquote(),
    };
    deeds[name]().run();
  };
  return layouts.map(([name, icon, label], at) => (
    <IconButton key={name} icon={icon} label={t(label)} aria-pressed={active[at] === 'true'} onClick={() => toggle(name)} />
  ));
}

/** Plain text as what the editor takes, each line a paragraph; nothing in it is markup. */
function paragraphs(text: string) {
  return {
    type: 'doc',
    content: text.split('\n').map((line) => ({ type: 'paragraph', ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }) })),
  };
}

function slashIn(editor: Editor): string | null {
  const { $from, empty } = editor.state.selection;
  return empty ? typedAfterSlash($from.parent.textContent, $from.parentOffset) : null;
}
