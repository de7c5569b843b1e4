INSERT INTO es.subscriptions (name) VALUES ($1) ON CONFLICT (name) DO NOTHING
