import { FileUp } from 'lucide-react';
import { type DragEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { ImportState, Stores } from '../../stores/index.ts';
import { type Action, Button, classes, EmptyState, Kbd, tipOf } from '../../ui/index.ts';
import type { ImportDeeds } from './deeds.ts';
import { Earlier } from './Earlier.tsx';
import { Mapping } from './Mapping.tsx';
import { Progress } from './Progress.tsx';
import { Result } from './Result.tsx';
import './import.css';

export interface ImportProps {
  readonly stores: Stores;
  readonly deeds: ImportDeeds;
  readonly actions: Readonly<Record<'import.chooseFile' | 'import.check' | 'import.start', Action>>;
}

/** Earlier imports at the left; at the right the one at hand, from its file to its undoing. A file may be dropped anywhere here. */
export function Import({ stores, deeds, actions }: ImportProps) {
  const state = useStore(stores.imports);
  const [isOver, setIsOver] = useState(false);
  useEffect(() => void deeds.open(), [deeds]);
  const choose = actions['import.chooseFile'];
  const dragged = (event: DragEvent, isHere: boolean) => {
    event.preventDefault();
    setIsOver(isHere && choose.isEnabled);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the button does
    <div
      className={classes('import', isOver && 'is-over')}
      onDragOver={(event) => dragged(event, true)}
      onDragLeave={(event) => event.currentTarget === event.target && dragged(event, false)}
      onDrop={(event) => {
        dragged(event, false);
        const file = event.dataTransfer.files[0];
        if (file && choose.isEnabled) void deeds.send(file);
      }}
    >
      <Earlier state={state} deeds={deeds} choose={choose} />
      <main className="pane" id="place-centre" tabIndex={-1}>
        <Centre stores={stores} state={state} deeds={deeds} actions={actions} />
        <input
          id="import-file"
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label={choose.label}
          accept=".csv,.tsv,.txt,.xlsx,.vcf,.vcard"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void deeds.send(file);
            // The same file, mended meanwhile, may be chosen again.
            target.value = '';
          }}
        />
      </main>
    </div>
  );
}

function Centre({ stores, state, deeds, actions }: ImportProps & { readonly state: ImportState }) {
  const text = useText();
  const { t } = text;
  const { upload, open } = state;
  if (upload) {
    return (
      <div className="import-middle">
        <h1 className="import-title whole">{upload.fileName}</h1>
        <progress className="import-progress" aria-label={t('import.sending')} value={upload.sent} max={Math.max(1, upload.bytes)} />
        <p className={upload.failure ? 'tone-broken' : 'text-2'} role="status">
          {upload.failure
            ? upload.failure === 'too_large'
              ? t('import.tooLarge')
              : t(`failure.${upload.failure}`)
            : t('import.sent', { sent: text.formats.size(upload.sent), all: text.formats.size(upload.bytes) })}
        </p>
        <div className="row">
          <Button onClick={deeds.stopSending}>{t(upload.failure ? 'import.close' : 'import.stop')}</Button>
        </div>
      </div>
    );
  }
  if (!open) return <Begin choose={actions['import.chooseFile']} />;
  switch (open.view.state) {
    case 'uploaded':
      return <Mapping key={open.importId} stores={stores} open={open} state={state} deeds={deeds} actions={actions} />;
    case 'waiting':
    case 'running':
    case 'undoing':
      return <Progress open={open} deeds={deeds} />;
    default:
      return <Result open={open} isAskingUndo={state.isAskingUndo} deeds={deeds} />;
  }
}

function Begin({ choose }: { readonly choose: Action }) {
  const { t } = useText();
  return (
    <div className="import-begin">
      <h1 className="sr-only">{t('import.title')}</h1>
      <button
        type="button"
        className="import-drop"
        {...tipOf(choose.label, choose.shortcut)}
        disabled={!choose.isEnabled}
        onClick={choose.perform}
      >
        <EmptyState icon={FileUp} title={t('import.drop')}>
          {t('import.dropText')}
        </EmptyState>
        <span className="row import-drop-key">
          <span className="import-drop-words medium">{choose.label}</span>
          {choose.shortcut ? <Kbd keys={choose.shortcut} /> : null}
        </span>
      </button>
      <ul className="import-promises small text-2">
        {(['look', 'rows', 'undo'] as const).map((what) => (
          <li key={what}>{t(`import.promise.${what}`)}</li>
        ))}
      </ul>
    </div>
  );
}
