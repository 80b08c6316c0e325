import type { ContactPage, ContractView, HeldProduct } from '../../../shared/contracts/record.ts';
import { daysUntil, type Text, useText } from '../../i18n/index.ts';
import { Chip, Section, type Tone } from '../../ui/index.ts';
import { sourceWords } from './Source.tsx';

const productTones: Readonly<Record<HeldProduct['status'], Tone>> = {
  active: 'ready',
  installedUnused: 'waiting',
  suspended: 'away',
  ended: 'away',
};

/** What they have from us, and what was promised about it. */
export function Holdings({ page, now }: { readonly page: ContactPage; readonly now: number }) {
  const text = useText();
  const { t, formats } = text;
  return (
    <>
      <Section title={t('record.productsAndLines')}>
        {page.products.length === 0 ? <p className="text-2">{t('customer.noProducts')}</p> : null}
        <ul className="holdings">
          {page.products.map((product) => (
            <li key={product.productId}>
              <span className="holdings-quantity strong figures">{formats.number(product.quantity)}</span>
              <span className="grow">
                <span className="whole medium">{product.name}</span>
                <span className="small text-3 holdings-more">{productFacts(text, product, now).join(' · ')}</span>
              </span>
              <Chip tone={product.unused > 0 && product.status === 'active' ? 'waiting' : productTones[product.status]}>
                {product.unused > 0 ? t('customer.unused', { count: product.unused }) : t(`record.product.${product.status}`)}
              </Chip>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('record.contracts')}>
        {page.contracts.length === 0 ? <p className="text-2">{t('record.noContracts')}</p> : null}
        <ul className="holdings">
          {page.contracts.map((contract) => (
            <li key={contract.contractId}>
              <span className="grow">
                <span className="whole medium">{contract.name}</span>
                <span className="small text-3 holdings-more">{contractFacts(text, contract).join(' · ')}</span>
              </span>
              <ContractEnd contract={contract} now={now} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function productFacts(text: Text, product: HeldProduct, now: number): string[] {
  const { t, formats } = text;
  return [
    product.detail,
    product.lineNumber ? t('record.product.line', { number: product.lineNumber }) : null,
    product.serial ? t('record.product.serial', { serial: product.serial }) : null,
    product.startsAt === null ? null : t('record.product.since', { date: formats.date(product.startsAt) }),
    product.warrantyEndsAt === null
      ? null
      : t(product.warrantyEndsAt < now ? 'record.product.warrantyOver' : 'record.product.warranty', {
          date: formats.date(product.warrantyEndsAt),
        }),
    product.provenance ? sourceWords(text, product.provenance) : null,
  ].filter((fact) => fact !== null);
}

function contractFacts(text: Text, contract: ContractView): string[] {
  const { t } = text;
  return [
    contract.number,
    contract.level ? t('record.contract.level', { level: contract.level }) : null,
    contract.responseHours === null ? null : t('record.contract.response', { count: contract.responseHours }),
    contract.resolutionHours === null ? null : t('record.contract.resolution', { count: contract.resolutionHours }),
    contract.provenance ? sourceWords(text, contract.provenance) : null,
  ].filter((fact) => fact !== null);
}

function ContractEnd({ contract, now }: { readonly contract: ContractView; readonly now: number }) {
  const { t, formats } = useText();
  const days = daysUntil(contract.endsAt, now);
  const date = formats.date(contract.endsAt);
  if (days < 0) return <Chip>{t('record.contract.ended', { date })}</Chip>;
  return <Chip tone={days <= 30 ? 'waiting' : 'plain'}>{t('record.contract.ends', { date })}</Chip>;
}
