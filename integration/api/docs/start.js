SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  presets: [SwaggerUIBundle.presets.apis],
  validatorUrl: null,
})
