import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { firebaseAuth } from '../../functions/src/platform/firestore.ts';
import { launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { expectNoBarriers, keepLooks, keepUsableLooks } from './support/look.ts';
import {
  addPerson,
  freshEmail,
  invitationLink,
  openApi,
  PASSWORD,
  type Person,
  pageUrl,
  resetCode,
  signUpOrganisation,
} from './support/platform.ts';
import { openWindow, signInAt, signOut, type Visitor } from './support/visitor.ts';

let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  visitor = await openWindow(browser);
  page = visitor.page;
});

afterEach(async () => {
  await visitor.context.close();
  expect(visitor.complaints).toEqual([]);
});

async function fillSignUp(email: string): Promise<void> {
  await page.goto(pageUrl('/signup'));
  await page.getByLabel('Your name').fill('Nora New');
  await page.getByLabel('Business name').fill('Fresh Start GmbH');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create organisation' }).click();
}

/** Invites an address to a new organisation; answers the link in its mail. */
async function invite(email: string): Promise<string> {
  const api = await openApi(await signUpOrganisation('Ada Admin'));
  await api.invite(email, 'Ina Invited');
  return invitationLink(email);
}

describe('the account screens', () => {
  it('create an organisation and show its empty pipeline', async () => {
    await fillSignUp(freshEmail());
    await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
    await page.getByText('Fresh Start GmbH').waitFor();
    await page.getByText('0 open deals').waitFor();
    await page.getByRole('form', { name: 'New deal' }).waitFor();
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/'));
    await keepUsableLooks(page, 'pipeline-empty');
  });

  it('say at the field that an address is taken', async () => {
    const { email } = await signUpOrganisation('Tom Taken');
    await fillSignUp(email);
    await page.getByText('Email already exists').waitFor();
    await eventually(async () =>
      expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true'),
    );
    await keepUsableLooks(page, 'sign-up');
  });

  it('refuse a wrong password without saying which of both is wrong', async () => {
    const { email } = await signUpOrganisation('Wanda Wrong');
    await page.goto(pageUrl());
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(/address or the password is wrong/).waitFor();
    await keepUsableLooks(page, 'sign-in');
  });

  it('stay signed in over a reload, until the sign-out', async () => {
    await signInAt(page, await signUpOrganisation('Rosa Reload'));
    await page.reload();
    await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
    await signOut(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('the page of an invitation', () => {
  it('lets the invited person in once, and tells whoever opens the link again', async () => {
    const email = freshEmail();
    const link = await invite(email);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Accept the invitation' }).waitFor();
    await eventually(async () => expect(page.url()).toBe(pageUrl('/accept-invitation')));
    await keepUsableLooks(page, 'invitation');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
    await eventually(async () => expect(page.url()).toBe(pageUrl('/')));
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('dialog', { name: 'Menu' }).getByText('Ina Invited').waitFor();

    await page.goto(link);
    await page.getByText(`Signed in as ${email}`).waitFor();
    await eventually(async () => expect(page.url()).toBe(pageUrl('/accept-invitation')));
    await keepUsableLooks(page, 'invitation-signed-in');
    await page.getByRole('button', { name: 'Sign out and go on' }).click();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText(/has been accepted already/).waitFor();
    await page.getByText(/ask the administrator who invited you/).waitFor();
    await keepUsableLooks(page, 'invitation-used');
  });

  it('asks an address that has an account for its password, at the field', async () => {
    const email = freshEmail();
    await firebaseAuth().createUser({ email, password: PASSWORD });
    await page.goto(await invite(email));
    const password = page.getByLabel('Password');
    await page.getByLabel('Your name').fill('Ina Herself');
    await password.fill('not this one');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText(/has an account already; give its password/).waitFor();
    await eventually(async () => expect(await password.getAttribute('aria-invalid')).toBe('true'));
    await keepUsableLooks(page, 'invitation-refused');
    await password.fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Ina Herself').first().waitFor();
  });

  it('says what to do when the link is not whole', async () => {
    await page.goto(pageUrl('/accept-invitation'));
    await page.getByText(/Open the link in the mail again/).waitFor();
    await page.goto(pageUrl('/accept-invitation#token=cut.off'));
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Use the newest link you were sent.').waitFor();
  });
});

describe('a forgotten password', () => {
  /** Asks for the mail, beginning where people sign in. */
  async function ask(email: string): Promise<void> {
    await page.goto(pageUrl());
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
  }

  async function open(code: string): Promise<void> {
    await page.goto(pageUrl(`/reset-password?mode=resetPassword&oobCode=${code}`));
  }

  it('is replaced by the link in the mail, which works once', async () => {
    const person = await signUpOrganisation('Fay Forgetful');
    await ask(person.email);
    await page.getByText(`If ${person.email} has an account`).waitFor();
    await keepLooks(page, 'forgot-password');
    await expectNoBarriers(page);
    const code = await resetCode(person.email);
    await open(code);
    await page.getByText(`For ${person.email}`).waitFor();
    // Whoever has the code has the account.
    await eventually(async () => expect(page.url()).toBe(pageUrl('/reset-password')));
    await keepLooks(page, 'reset-password');
    await expectNoBarriers(page);
    await page.getByLabel('New password').fill('a better password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Pipeline' }).waitFor();
    await eventually(async () => expect(page.url()).toBe(pageUrl()));
    await signOut(page);
    await signInAt(page, { ...person, password: 'a better password' });

    await open(code);
    await page.getByText(/The link was used already/).waitFor();
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
  });

  it('is nothing that tells who has an account', async () => {
    const email = freshEmail();
    await ask(email);
    await page.getByText(`If ${email} has an account`).waitFor();
    await expect(resetCode(email)).rejects.toThrow('no password reset');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('E-mail').waitFor();
  });

  it('needs the whole link', async () => {
    await page.goto(pageUrl('/reset-password?mode=verifyEmail&oobCode=other'));
    await page.getByText(/Open the link in the mail again/).waitFor();
    await open('cut-off');
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await keepUsableLooks(page, 'reset-password-refused');
    await page.getByRole('link', { name: 'Back to sign in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('the profile', () => {
  let person: Person;

  async function changePassword(current: string, next: string): Promise<void> {
    await page.getByLabel('Present password').fill(current);
    await page.getByLabel('New password').fill(next);
    await page.getByRole('button', { name: 'Change password' }).click();
  }

  /** Opens it by the menu of the person. */
  async function openProfile(): Promise<void> {
    await page.getByRole('button', { name: /: your account$/ }).click();
    await page.getByRole('menuitem', { name: 'Profile' }).click();
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
  }

  it('shows a manager what only administrators change', async () => {
    const admin = await signUpOrganisation('Ada Admin');
    const api = await openApi(admin);
    const teamId = await api.post('/api/teams', { name: 'North' });
    person = await addPerson(admin.orgId, 'Mona Manager', {
      ...{ role: 'manager', teamId, managedTeamIds: [teamId] },
    });
    await signInAt(page, person);
    await openProfile();
    const profile = page.getByRole('region', { name: 'Profile' });
    await profile.getByText('North').first().waitFor();
    await eventually(async () => expect(await profile.getByRole('textbox').count()).toBe(0));
  });

  it('changes the password of whoever knows the present one', async () => {
    await signInAt(page, person);
    await openProfile();
    await changePassword('not this one', 'another password');
    await page.getByText('This is not your present password').waitFor();
    await eventually(async () =>
      expect(await page.getByLabel('Present password').getAttribute('aria-invalid')).toBe('true'),
    );
    await changePassword(PASSWORD, 'another password');
    await page.getByText('Your password is changed.').waitFor();
    await eventually(async () =>
      expect(await page.getByLabel('Present password').inputValue()).toBe(''),
    );
    await keepLooks(page, 'profile');
    await expectNoBarriers(page);
    await signOut(page);
    await signInAt(page, { ...person, password: 'another password' });
  });

  it('lets a person leave, and shows the way back', async () => {
    const admin = await signUpOrganisation('Ada Admin');
    await signInAt(page, await addPerson(admin.orgId, 'Lena Leaver'));
    await openProfile();
    const leave = page.getByRole('button', { name: 'Leave organisation…' });
    await leave.click();
    const dialog = page.getByRole('dialog', { name: 'Leave the organisation?' });
    await dialog.getByText('only an administrator can let you in again').waitFor();
    await keepUsableLooks(page, 'leave');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await leave.click();
    await dialog.getByRole('button', { name: 'Leave organisation' }).click();
    await page.getByRole('heading', { name: 'You have no access' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('keeps the last administrator', async () => {
    await signInAt(page, await signUpOrganisation('Solveig Single'));
    await openProfile();
    await page.getByRole('button', { name: 'Leave organisation…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave the organisation?' });
    await dialog.getByRole('button', { name: 'Leave organisation' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/make somebody else an administrator/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
  });

  it('lets an administrator change their own name', async () => {
    await signInAt(page, await signUpOrganisation('Nora Newlywed'));
    await openProfile();
    const name = page.getByRole('region', { name: 'Profile' }).getByLabel('Name');
    await name.fill('Nora Oldlywed');
    await name.press('Enter');
    await page.getByRole('button', { name: /^Nora Oldlywed Administrator/ }).waitFor();
  });
});
