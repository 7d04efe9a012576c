import { index, layout, type RouteConfig, route } from '@remix-run/route-config'

/** The site's table of contents: French addresses, and the file that answers each. */
export default [
  index('routes/entry.tsx'),
  route('connexion', 'routes/sign-in.tsx'),
  route('deconnexion', 'routes/sign-out.tsx'),
  layout('routes/site.tsx', [
    route('consortiums', 'routes/consortia.tsx'),
    route('administration', 'routes/administration.tsx'),
    route('accessibilite', 'routes/accessibility.tsx'),
  ]),
  route(':consortium', 'routes/consortium.tsx', [
    index('routes/governance/map.tsx'),
    route('accueil', 'routes/home.tsx'),
    route('gestion', 'routes/governance/management.tsx'),
    route('instances', 'routes/governance/instances.tsx'),
    route('instances/:slug', 'routes/governance/instance.tsx'),

    route('structures', 'routes/organisations/list.tsx'),
    route('structures/nouvelle', 'routes/organisations/new.tsx'),
    route('structures/:slug', 'routes/organisations/organisation.tsx'),
    route('structures/:slug/modification', 'routes/organisations/edit.tsx'),
    route('structures/:slug/noms', 'routes/organisations/names.tsx'),
    route('structures/:slug/depart', 'routes/organisations/departure.tsx'),
    route('structures/:slug/suppression', 'routes/organisations/deletion.tsx'),
    route('journal', 'routes/journal/journal.tsx'),
    route('journal/fichier', 'routes/journal/file.ts'),

    route('reunions', 'routes/meetings/list.tsx'),
    route('reunions/nouvelle', 'routes/meetings/new.tsx'),
    route('reunions/:id', 'routes/meetings/meeting.tsx'),
    route('reunions/:id/modification', 'routes/meetings/edit.tsx'),
    route('reunions/:id/annonce', 'routes/meetings/announcement.tsx'),
    route('reunions/:id/ouverture', 'routes/meetings/opening.tsx'),
    route('reunions/:id/presences', 'routes/meetings/attendance.tsx'),
    route('reunions/:id/cloture', 'routes/meetings/closing.tsx'),
    route('reunions/:id/annulation', 'routes/meetings/cancellation.tsx'),
    route('reunions/:id/report', 'routes/meetings/postponement.tsx'),

    route('comptes-rendus/:id', 'routes/minutes/minutes.tsx'),
    route('comptes-rendus/:id/redaction', 'routes/minutes/writing.tsx'),
    route('comptes-rendus/:id/relecture', 'routes/minutes/proofreading.tsx'),
    route('comptes-rendus/:id/accord', 'routes/minutes/approval.tsx'),
    route('comptes-rendus/:id/validation', 'routes/minutes/validation.tsx'),
    route('comptes-rendus/:id/diffusion', 'routes/minutes/distribution.tsx'),
    route('comptes-rendus/:id/lecture', 'routes/minutes/reading.tsx'),
    route('comptes-rendus/:id/approbation', 'routes/minutes/adoption.tsx'),
    route('comptes-rendus/:id/pdf', 'routes/minutes/pdf.ts'),

    route('acces/:kind/:id', 'routes/access/access.tsx'),
    route('apercu', 'routes/access/preview.tsx'),

    route('decisions', 'routes/decisions/register.tsx'),
    route('decisions/:id', 'routes/decisions/decision.tsx'),
    route('decisions/:id/inscription', 'routes/decisions/placement.tsx'),
    route('decisions/:id/resultat', 'routes/decisions/result.tsx'),
    route('decisions/:id/retrait', 'routes/decisions/withdrawal.tsx'),
    route('decisions/:id/lecture', 'routes/decisions/answer.tsx'),

    route('representation', 'routes/representation/matrix.tsx'),
    route('representation/fichier', 'routes/representation/matrix-file.ts'),
    route('annuaire', 'routes/representation/directory.tsx'),
    route('annuaire/fichier', 'routes/representation/directory-file.ts'),
    route('organigramme', 'routes/representation/chart.tsx'),

    route('actions/:id/avancement', 'routes/actions/progress.tsx'),
    route('*', 'routes/unknown.tsx'),
  ]),
] satisfies RouteConfig
