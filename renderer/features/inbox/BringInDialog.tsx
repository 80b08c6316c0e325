import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DocumentPlace } from '../../../shared/contracts/messages/documents.ts';
import { useText } from '../../i18n/index.ts';
import type { LoginFailure, NamedPerson, Stores } from '../../stores/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { FilePlace } from './Attachments.tsx';
import type { InboxDeeds } from './deeds.ts';
import { PersonField } from './PersonField.tsx';

interface Brought {
  readonly name: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly outcome: 'onItsWay' | 'kept' | 'known' | LoginFailure;
}

/** Letters and forms that somebody scanned become work like whatever else comes in: one says what they are, and chooses or drops their files. */
export function BringInDialog({
  stores,
  deeds,
  named = null,
}: {
  readonly stores: Stores;
  readonly deeds: InboxDeeds;
  readonly named?: NamedPerson | null;
}) {
  const text = useText();
  const { t, formats } = text;
  const [places, setPlaces] = useState<readonly DocumentPlace[] | null>(null);
  const [placeId, setPlaceId] = useState('');
  const [person, setPerson] = useState<NamedPerson | null>(named);
  const mayFind = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:read') === true);
  const [brought, setBrought] = useState<readonly Brought[]>([]);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let isWanted = true;
    void deeds.documentPlaces().then((found) => {
      if (!isWanted) return;
      setPlaces(found ?? []);
      setPlaceId(found?.[0]?.id ?? '');
    });
    return () => {
      isWanted = false;
    };
  }, [deeds]);

  const bring = async (file: File, at: number) => {
    const put = (change: Partial<Brought>) => setBrought((all) => all.map((each, index) => (index === at ? { ...each, ...change } : each)));
    const outcome = await deeds.bringIn({ placeId, contactId: person?.contactId ?? null }, file, (sentBytes) => put({ sentBytes }));
    put({ outcome });
  };
  const take = (files: readonly File[]) => {
    if (placeId === '') return;
    const first = brought.length;
    setBrought([...brought, ...files.map(({ name, size }) => ({ name, bytes: size, sentBytes: 0, outcome: 'onItsWay' as const }))]);
    for (const [index, file] of files.entries()) void bring(file, first + index);
  };
  const words = ({ outcome, bytes, sentBytes }: Brought): string => {
    if (outcome === 'onItsWay')
      return t('bringIn.onItsWay', { percent: formats.number(bytes === 0 ? 0 : Math.floor((sentBytes / bytes) * 100)) });
    if (outcome === 'too_large') return t('bringIn.tooLarge');
    return outcome === 'kept' || outcome === 'known' ? t(`bringIn.${outcome}`) : t(`failure.${outcome}`);
  };

  return (
    <Dialog title={t('bringIn.title')} isOpen onClose={() => deeds.open(null)} initialFocus={button}>
      <FilePlace className="inbox-dialog bring-in" onFiles={take}>
        {(choose) => (
          <>
            <p className="text-2">{t('bringIn.text')}</p>
            <label className="labelled">
              <span className="label">{t('bringIn.place')}</span>
              <select className="field" value={placeId} disabled={!places?.length} onChange={({ target }) => setPlaceId(target.value)}>
                {(places ?? []).map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name[formats.language]}
                  </option>
                ))}
              </select>
            </label>
            {mayFind ? <PersonField label={t('bringIn.person')} find={deeds.findPeople} person={person} onChange={setPerson} /> : null}
            <ul className="bring-in-files" aria-label={t('bringIn.files')} aria-live="polite">
              {brought.map((each, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: files are only added, and two may have one name.
                <li key={index} className="row small">
                  <span className="grow whole medium">{each.name}</span>
                  <span className="text-3 figures">{text.formats.size(each.bytes)}</span>
                  <span className={each.outcome === 'kept' || each.outcome === 'onItsWay' ? 'text-2' : 'tone-broken'}>{words(each)}</span>
                </li>
              ))}
            </ul>
            {places?.length === 0 ? <p className="small tone-broken">{t('bringIn.nowhere')}</p> : null}
            <div className="row">
              <span className="small text-3 grow">{t('bringIn.drop')}</span>
              <Button ref={button} kind="primary" disabled={placeId === ''} onClick={choose}>
                {t('bringIn.choose')}
              </Button>
            </div>
          </>
        )}
      </FilePlace>
    </Dialog>
  );
}
