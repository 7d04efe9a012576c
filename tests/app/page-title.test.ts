import { expect, it } from 'vitest'
import { pageTitle } from '#app/page-title.ts'

it('a title goes from the page to the product, by the consortium when it is known', () => {
  const frame = { id: 'routes/consortium', data: { consortium: { name: 'Tarn' } } }
  expect(pageTitle([{ id: 'root', data: null }, frame], 'Réunions')).toEqual([
    { title: 'Réunions – Tarn – Espace SPIE' },
  ])
  expect(pageTitle([{ id: 'routes/consortium', data: undefined }], '')).toEqual([{ title: 'Espace SPIE' }])
})
