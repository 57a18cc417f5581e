package rights

// viewsOfSite are what askers read of the site itself.
var viewsOfSite = []view{
	{
		name: "the site's rules", of: "SitePolicy", document: `sitePolicy { %s }`, at: at("sitePolicy"),
		shown: "invitations requireSignIn moveDevices blockedDomains allowedDomains proof",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "what the site is", of: "SiteAbout", document: `siteAbout { %s }`, at: at("siteAbout"),
		shown: "version database databaseBytes ready accounts rooms openSessions workingLinks invitationsPerSession",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "what runs the site", of: "SiteStatus", document: `siteStatus { %s }`, at: at("siteStatus"),
		shown: "servers database busiest failing",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "its database", of: "DatabaseStatus", document: `siteStatus { database { %s } }`, at: at("siteStatus.database"),
		shown: "kind bytes migration",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "what the site tells about itself", of: "Site", document: `site { %s }`, at: at("site"),
		shown: "name mail", empty: "repliesTo",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
`,
	},
	{
		name: "the program", of: "Program", document: `program { %s }`, at: at("program"),
		shown: "version graphiql",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
`,
	},
}
