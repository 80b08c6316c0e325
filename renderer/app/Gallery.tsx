import { useEffect, useState } from 'react';
import type { Language } from '../i18n/index.ts';
import { Segments } from '../ui/index.ts';
import { CallParts } from './gallery/CallParts.tsx';
import { Controls } from './gallery/Controls.tsx';
import { Entry } from './gallery/Entry.tsx';
import { Floating } from './gallery/Floating.tsx';
import { holdStates } from './gallery/held-states.ts';
import { Lists } from './gallery/Lists.tsx';
import { Pictures } from './gallery/Pictures.tsx';
import { GalleryLanguage } from './gallery/say.ts';
import { Tokens } from './gallery/Tokens.tsx';
import { Words } from './gallery/Words.tsx';
import './gallery.css';

/**
 * Every part in all its states and every token, in both themes and both languages (`?theme=dark&lang=zh`); no data, no bridge. For whoever
 * builds a screen, and for looking.
 */
export function Gallery() {
  const asked = new URLSearchParams(window.location.search);
  const [theme, setTheme] = useState<'light' | 'dark'>(asked.get('theme') === 'dark' ? 'dark' : 'light');
  const [language, setLanguage] = useState<Language>(asked.get('lang') === 'zh' ? 'zh' : 'en');
  useEffect(() => {
    document.body.classList.add('gallery-page');
    document.title = 'Crosspoint · Gallery';
    return holdStates(document);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [theme, language]);
  const isChinese = language === 'zh';
  return (
    <GalleryLanguage value={language}>
      <main className="gallery">
        <header className="gallery-head">
          <h1>{isChinese ? '组件样例' : 'Gallery of parts'}</h1>
          <Segments
            label={isChinese ? '语言' : 'Language'}
            value={language}
            onChange={setLanguage}
            segments={[
              { value: 'en', label: 'English' },
              { value: 'zh', label: '中文' },
            ]}
          />
          <Segments
            label={isChinese ? '外观' : 'Theme'}
            value={theme}
            onChange={setTheme}
            segments={[
              { value: 'light', label: isChinese ? '浅色' : 'Light' },
              { value: 'dark', label: isChinese ? '深色' : 'Dark' },
            ]}
          />
        </header>
        <Controls />
        <CallParts />
        <Words />
        <Entry />
        <Lists />
        <Pictures />
        <Floating />
        <Tokens />
      </main>
    </GalleryLanguage>
  );
}
