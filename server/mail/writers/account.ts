import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, emailChanges } from '#db/schema/index.ts'
import { mayJoin } from '#server/domain/accounts/account-rights.ts'
import { pendingChange } from '#server/domain/accounts/email-change.ts'
import { mintLink } from '#server/domain/accounts/links.ts'
import { mintMailCode } from '#server/domain/accounts/mail-codes.ts'
import { ownRights } from '#server/domain/accounts/own-rights.ts'
import { lockedAccount } from '#server/domain/accounts/suspend-account.ts'
import type { Context } from '#server/domain/context.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { LinkPurpose } from '#server/vocabulary/accounts.ts'
import { NBSP, parisDay } from '#server/vocabulary/french.ts'
import type { MailKind } from '#server/vocabulary/mail.ts'
import type { MailContent, MailToWrite, MailWriter } from '../content.ts'

const notYou =
  'Si vous n’êtes pour rien dans ce message, ne cliquez pas : rien ne changera. Vous pouvez le signaler à votre chef de projet.'

/** Mail about an account itself. */
export const accountWriters = {
  invitation: writeInvitation,
  mot_de_passe: writePasswordLink,
  mot_de_passe_change: writePasswordChanged,
  code: writeCode,
  ancienne_adresse: writeOldAddress,
  nouvelle_adresse: writeNewAddress,
  adresse_changee: writeAddressChanged,
  adresse_quittee: writeAddressLeft,
} satisfies Partial<Record<MailKind, MailWriter>>

/**
 * Dies when its person has joined already, or has nothing to join any more. It tells of its own consortium alone: whoever
 * hands it over there need not know what the person does elsewhere.
 */
async function writeInvitation(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const today = parisDay(context.clock.now())
  const link = await linkFor(
    context,
    mail,
    'invitation',
    async (tx, account) => account.passwordHash === null && mayJoin(tx, account, today),
  )
  if (!link) return null
  const rights = (await ownRights(context.db, mail.accountId, today)).filter(
    ({ consortium }) => consortium.id === mail.consortiumId,
  )
  const name = rights[0]?.consortium.name
  return {
    subject: `Rejoignez l’espace de travail ${name ? `de ${name}` : 'Espace SPIE'}`,
    paragraphs: [
      `Vous êtes invité à rejoindre l’espace de travail ${name ? `de «${NBSP}${name}${NBSP}»` : 'Espace SPIE'}, où se préparent et se gardent les réunions, les comptes rendus et les décisions.`,
      ...rights.map(
        ({ functionLabel, instance, consortium }) => `${functionLabel} : ${instance?.name ?? consortium.name}.`,
      ),
      'Ce lien vous montre l’invitation, puis vous fait choisir un mot de passe. Il ne sert qu’une fois.',
    ],
    link: { label: 'Voir l’invitation', path: `/invitation/${link.secret}` },
    to: link.to,
    note: 'Il sert pendant 14 jours. Passé ce délai, demandez-en un autre à la page « Mot de passe oublié, ou première connexion ».',
  }
}

async function writePasswordLink(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const link = await linkFor(context, mail, 'mot_de_passe', async (_tx, account) => account.passwordHash !== null)
  if (!link) return null
  return {
    subject: 'Choisissez un nouveau mot de passe',
    paragraphs: [
      'Quelqu’un, sans doute vous, a dit avoir oublié le mot de passe de votre compte.',
      'Ce lien vous en fait choisir un autre, et ferme vos sessions ouvertes ailleurs.',
    ],
    link: { label: 'Choisir un mot de passe', path: `/mot-de-passe/${link.secret}` },
    to: link.to,
    note: `Il sert une fois, pendant une heure. ${notYou}`,
  }
}

async function writePasswordChanged(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  if (!(await holder(context, mail))) return null
  return {
    subject: 'Votre mot de passe a changé',
    paragraphs: [
      'Le mot de passe de votre compte vient d’être changé. Les sessions ouvertes sur d’autres appareils sont fermées.',
      'Si ce n’est pas vous, choisissez-en un autre sans attendre, puis prévenez votre chef de projet.',
    ],
    link: { label: 'Choisir un autre mot de passe', path: '/mot-de-passe-oublie' },
  }
}

/** Dies after ten minutes, or when another code was asked for. */
async function writeCode(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const codeId = uuidOrNone(mail.about.codeId ?? '')
  const code = (await holder(context, mail)) && (await mintMailCode(context.db, codeId, context.clock.now()))
  if (!code) return null
  return {
    subject: 'Votre code de vérification',
    paragraphs: [
      `Votre code : ${code.slice(0, 3)}${NBSP}${code.slice(3)}`,
      'Écrivez-le dans la page qui vous l’a demandé. Il sert une fois, pendant dix minutes, et seulement dans cette session.',
    ],
    link: null,
    note: 'Personne ne vous demandera ce code, ni par téléphone ni par courriel. Si vous ne l’avez pas demandé, changez votre mot de passe.',
  }
}

async function writeOldAddress(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const change = await changeOf(context, mail)
  if (!change || change.oldConfirmedAt) return null
  const secret = await token(context, mail.accountId, 'ancienne_adresse', change.id)
  return {
    subject: 'Confirmez le changement de votre adresse',
    paragraphs: [
      `Quelqu’un, sans doute vous, demande que votre compte prenne l’adresse ${change.newEmail}.`,
      'Le changement se fera une fois confirmé ici et à la nouvelle adresse. Le même lien permet de le refuser.',
    ],
    link: { label: 'Confirmer ou refuser le changement', path: `/changement-adresse/${secret}` },
    note: 'Il sert pendant 48 heures. Si ce n’est pas vous, refusez, puis changez votre mot de passe.',
  }
}

/** To the new address; dies when another account has it. */
async function writeNewAddress(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const change = await changeOf(context, mail)
  if (!change || change.newConfirmedAt) return null
  const [taken] = await context.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, change.newEmail))
  if (taken) return null
  const secret = await token(context, mail.accountId, 'nouvelle_adresse', change.id)
  return {
    subject: 'Confirmez votre nouvelle adresse',
    paragraphs: [
      'Un compte d’Espace SPIE doit prendre cette adresse. Confirmez qu’elle est bien la vôtre.',
      'Le changement se fera une fois confirmé ici et à l’ancienne adresse.',
    ],
    link: { label: 'Confirmer la nouvelle adresse', path: `/changement-adresse/${secret}` },
    note: `Il sert pendant 48 heures. ${notYou}`,
    to: change.newEmail,
  }
}

/** Made by an administrateur, it carries the link by which a password is chosen: the former one serves no more. */
async function writeAddressChanged(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  const account = await holder(context, mail)
  if (!account) return null
  const subject = 'Votre adresse a changé'
  const now = `Votre compte a maintenant l’adresse ${account.email} : connectez-vous avec elle, et recevez-y vos courriels.`
  const note = 'Si vous n’êtes pour rien dans ce changement, prévenez votre chef de projet sans attendre.'
  const { choose } = mail.about
  if (choose !== 'mot_de_passe' && choose !== 'invitation') {
    const same = 'Le mot de passe reste le même.'
    return { subject, paragraphs: [now, same], link: { label: 'Ouvrir votre profil', path: '/profil' }, note }
  }
  const link = await linkFor(context, mail, choose, async () => true)
  if (!link) return null
  const path = choose === 'mot_de_passe' ? '/mot-de-passe' : '/invitation'
  const lasts = choose === 'mot_de_passe' ? 'une heure' : '14 jours'
  return {
    subject,
    paragraphs: [now, 'Toutes vos sessions sont fermées. Choisissez un mot de passe pour vous connecter.'],
    link: { label: 'Choisir un mot de passe', path: `${path}/${link.secret}` },
    to: link.to,
    note: `Ce lien sert une fois, pendant ${lasts}. Passé ce délai, demandez-en un autre à la page « Mot de passe oublié, ou première connexion ». ${note}`,
  }
}

/** To the address that is left, which learns nothing of the new one: somebody else may be reading it. */
async function writeAddressLeft(context: Context, mail: MailToWrite): Promise<MailContent | null> {
  if (!(await holder(context, mail))) return null
  const [change] = await context.db
    .select({ formerEmail: emailChanges.formerEmail })
    .from(emailChanges)
    .where(eq(emailChanges.id, uuidOrNone(mail.about.emailChangeId ?? '')))
  if (!change?.formerEmail) return null
  const done =
    mail.about.by === 'administrateur'
      ? 'Un administrateur de l’espace a donné une autre adresse à votre compte.'
      : 'Votre compte a changé d’adresse, comme cela a été confirmé ici.'
  return {
    subject: 'Votre compte a quitté cette adresse',
    paragraphs: [
      `${done} Celle-ci ne sert plus : ni pour vous connecter, ni pour recevoir les courriels de l’espace.`,
      'Si vous n’êtes pour rien dans ce changement, prévenez votre chef de projet sans attendre.',
    ],
    link: null,
    to: change.formerEmail,
  }
}

/** The account, unless it is suspended or erased: nothing is sent to it then. */
async function holder(context: Context, mail: MailToWrite) {
  const [account] = await context.db
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, mail.accountId), isNull(accounts.suspendedAt), isNull(accounts.erasedAt)))
  return account ?? null
}

async function changeOf(context: Context, mail: MailToWrite) {
  if (!(await holder(context, mail))) return null
  const id = uuidOrNone(mail.about.emailChangeId ?? '')
  return pendingChange(context.db, eq(emailChanges.id, id), context.clock.now())
}

/**
 * A link of an account as it stands, and its address of that instant: the account is locked, so that whoever corrects the
 * address either comes before, or finds the link and kills it.
 * @returns null when the account is closed, or the link would not serve
 */
function linkFor(
  context: Context,
  { accountId }: MailToWrite,
  purpose: LinkPurpose,
  serves: (tx: Transaction, account: typeof accounts.$inferSelect) => Promise<boolean>,
): Promise<{ secret: string; to: string } | null> {
  return context.db.transaction(async tx => {
    const account = await lockedAccount(tx, accountId)
    if (account.suspendedAt || account.erasedAt || !(await serves(tx, account))) return null
    return { secret: await mintLink(tx, { accountId, purpose, at: context.clock.now() }), to: account.email }
  })
}

function token(context: Context, accountId: string, purpose: LinkPurpose, emailChangeId: string): Promise<string> {
  return mintLink(context.db, { accountId, purpose, emailChangeId, at: context.clock.now() })
}
