import type { ActionOwner } from '../surroundings.ts'

/**
 * What the list of owners shows for an action: `kind:id` of one of the list, `autre` for a free name, `inconnu` for an
 * owner that is on the list no more (the name stays), nothing.
 */
export function ownerChoice(attrs: Record<string, unknown>, owners: readonly ActionOwner[]): string {
  const { ownerKind, ownerId, ownerLabel } = attrs
  if (typeof ownerId === 'string')
    return owners.some(owner => owner.kind === ownerKind && owner.id === ownerId)
      ? `${ownerKind}:${ownerId}`
      : 'inconnu'
  return ownerLabel ? 'autre' : ''
}

/** The attributes that a choice in the list gives to an action. */
export function ownerAttributes(choice: string, owners: readonly ActionOwner[]) {
  const owner = owners.find(candidate => `${candidate.kind}:${candidate.id}` === choice)
  return { ownerKind: owner?.kind ?? null, ownerId: owner?.id ?? null, ownerLabel: owner?.label ?? null }
}
