import type { Problem } from '../../data/problem.ts';

/** Where the company of a converted lead comes from. */
export type CompanyChoice = 'new' | 'known' | 'none';

type Read = (name: string) => string;

const contactInputs = ['firstName', 'lastName', 'email', 'phone', 'title'];
const companyInputs = ['name', 'domain'];

/** What of the form was filled in, as the server takes it. */
export function toConversion(
  read: Read,
  choice: CompanyChoice,
  companyId: string | undefined,
  withDeal: boolean,
): object {
  return {
    contactData: given(read, 'contactData', contactInputs),
    ...(choice === 'new' ? { companyData: given(read, 'companyData', companyInputs) } : {}),
    ...(choice === 'known' && companyId !== undefined ? { companyId } : {}),
    ...(withDeal ? { deal: toDeal(read) } : {}),
  };
}

function given(read: Read, part: string, fields: readonly string[]): object {
  const filled = fields
    .map((field) => [field, read(inputName(`${part}.${field}`)).trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(filled);
}

function toDeal(read: Read): object {
  const expectedCloseDate = read(inputName('deal.expectedCloseDate'));
  return {
    title: read(inputName('deal.title')).trim(),
    value: Number(read(inputName('deal.value'))),
    ...(expectedCloseDate === '' ? {} : { expectedCloseDate }),
  };
}

/** The input for a field of the request: `deal.title` is `deal-title`. */
export function inputName(field: string): string {
  return field.replaceAll('.', '-');
}

/** A problem of the request as one of the form. */
export function toFormProblem(problem: Problem): Problem {
  return problem.field === undefined ? problem : { ...problem, field: inputName(problem.field) };
}

/** Every input that a problem can be shown at. */
export const conversionInputs = [
  ...contactInputs.map((field) => inputName(`contactData.${field}`)),
  ...companyInputs.map((field) => inputName(`companyData.${field}`)),
  ...['title', 'value', 'expectedCloseDate'].map((field) => inputName(`deal.${field}`)),
];
