import { expect, it } from '@jest/globals';
import { guessMapping } from './guess-mapping.ts';
import type { ImportType } from './imports.schema.ts';

const fieldsOf = (recordType: ImportType, columns: string[]) =>
  guessMapping(recordType, columns).map(({ column, field }) => `${column}=${field}`);

it.each<[ImportType, string[], string[]]>([
  [
    'contact',
    ['firstName', 'lastName', 'email', 'phone', 'company'],
    ['firstName=firstName', 'lastName=lastName', 'email=email', 'phone=phone', 'company=company'],
  ],
  [
    'contact',
    ['First Name', 'SURNAME', 'E-mail Address', 'Mobile Phone', 'Organisation', 'Lead Source'],
    [
      ...['First Name=firstName', 'SURNAME=lastName', 'E-mail Address=email'],
      ...['Mobile Phone=phone', 'Organisation=company', 'Lead Source=source'],
    ],
  ],
  ['contact', ['Name', 'Tags', 'Owner'], ['Name=fullName', 'Tags=tags', 'Owner=ownerName']],
  [
    'company',
    ['Account Name', 'Domain', 'Website', 'Sector', 'Employees', 'Zip'],
    [
      ...['Account Name=name', 'Domain=domain', 'Website=website', 'Sector=industry'],
      ...['Employees=size', 'Zip=zipCode'],
    ],
  ],
  [
    'lead',
    ['business_name', 'Category', 'City', 'Status', 'Rating'],
    [
      'business_name=businessName',
      'Category=category',
      'City=city',
      'Status=status',
      'Rating=rating',
    ],
  ],
  [
    'deal',
    [
      'opportunity_id',
      'sales_agent',
      'product',
      'account',
      'deal_stage',
      'close_date',
      'close_value',
    ],
    [
      ...['opportunity_id=externalId', 'sales_agent=ownerName', 'account=company'],
      ...['deal_stage=stage', 'close_date=closedAt', 'close_value=value'],
    ],
  ],
  ['deal', ['__proto__', 'constructor', 'toString', ''], []],
])('guesses a %s from %j', (recordType, columns, expected) => {
  expect(fieldsOf(recordType, columns)).toEqual(expected);
});

it('fills a field from one column, the first that fits', () => {
  expect(fieldsOf('contact', ['Email', 'E-Mail', 'Email address'])).toEqual(['Email=email']);
});

it('knows the custom fields of the organisation by key and by label', () => {
  const custom = [
    { key: 'shoeSize', label: 'Shoe size' },
    { key: 'hat', label: 'Kopfbedeckung' },
  ];
  expect(guessMapping('contact', ['Shoe Size', 'kopfbedeckung'], custom)).toEqual([
    { column: 'Shoe Size', field: 'customFields.shoeSize' },
    { column: 'kopfbedeckung', field: 'customFields.hat' },
  ]);
});
