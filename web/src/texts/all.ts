export * from './activity'
export * from './first'
export * from './manage'
export * from './room'
