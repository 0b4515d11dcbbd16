<?php
/**
 * Plugin Name: Fanfare gate
 * Description: Products of a launch are sold only to those whom Fanfare has admitted.
 * Version: 1.0.1
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * License: MIT
 */

defined('ABSPATH') || exit;

const FANFARE_LAUNCH = '_fanfare_launch';
const FANFARE_QUANTITY = '_fanfare_quantity';
const FANFARE_HANDLE = '_fanfare_handle';
const FANFARE_PREFIX = 'ff-';

add_action('woocommerce_product_options_general_product_data', 'fanfare_show_option');
add_action('woocommerce_admin_process_product_object', 'fanfare_keep_option');
// Classic checkout, block checkout and the Store API all ask this before an order is taken.
add_action('woocommerce_check_cart_items', 'fanfare_check_cart');
add_action('wp_loaded', 'fanfare_remember_handle');
add_action('woocommerce_checkout_create_order', 'fanfare_keep_handle');
add_action('woocommerce_store_api_checkout_update_order_from_request', 'fanfare_keep_handle');

/** Offer the launch option on a product's page in the back office. */
function fanfare_show_option(): void
{
    woocommerce_wp_checkbox([
        'id' => FANFARE_LAUNCH,
        'label' => __('Fanfare launch', 'fanfare'),
        'description' => __('Only for customers whom Fanfare has admitted.', 'fanfare'),
    ]);
}

/** Keep what was chosen there. */
function fanfare_keep_option($product): void
{
    // phpcs:ignore WordPress.Security.NonceVerification -- WooCommerce has verified it.
    $product->update_meta_data(FANFARE_LAUNCH, isset($_POST[FANFARE_LAUNCH]) ? 'yes' : 'no');
}

/** Refuse the cart while it holds more of a launch than its coupons admit. */
function fanfare_check_cart(): void
{
    $wanted = fanfare_wanted();
    $admitted = $wanted ? fanfare_admitted() : [];
    foreach ($wanted as $item => [$count, $name]) {
        if ($count > ($admitted[$item] ?? 0)) {
            wc_add_notice(
                sprintf(
                    /* translators: %s: a product's name */
                    __('"%s" is part of a launch. Please go to its launch page to buy it.', 'fanfare'),
                    $name
                ),
                'error'
            );
        }
    }
}

/** How many of each launch product or variation are in the cart, and what it is called. */
function fanfare_wanted(): array
{
    $wanted = [];
    foreach (WC()->cart->get_cart() as $line) {
        $product = wc_get_product($line['product_id']);
        if ($product && $product->get_meta(FANFARE_LAUNCH) === 'yes') {
            $item = (int) ($line['variation_id'] ?: $line['product_id']);
            $count = ($wanted[$item][0] ?? 0) + (int) $line['quantity'];
            $wanted[$item] = [$count, $product->get_name()];
        }
    }
    return $wanted;
}

/**
 * How many of each product or variation the coupons in the cart admit: the most that one of them
 * does, since an order uses up one admission.
 */
function fanfare_admitted(): array
{
    $admitted = [];
    foreach (WC()->cart->get_applied_coupons() as $code) {
        $coupon = new WC_Coupon($code);
        $count = (int) $coupon->get_meta(FANFARE_QUANTITY);
        if (strpos($code, FANFARE_PREFIX) !== 0 || $count < 1 || !$coupon->is_valid()) {
            continue;
        }
        foreach ($coupon->get_product_ids() as $item) {
            $admitted[(int) $item] = max($admitted[(int) $item] ?? 0, $count);
        }
    }
    return $admitted;
}

/** Remember the handle that a winner's link carries, until there is an order. */
function fanfare_remember_handle(): void
{
    // phpcs:ignore WordPress.Security.NonceVerification -- a claim, which Fanfare checks.
    $handle = isset($_GET['fanfare']) ? (string) wp_unslash($_GET['fanfare']) : '';
    if (preg_match('/^hnd_[0-9A-Za-z]{8,64}$/D', $handle) && WC()->session) {
        WC()->session->set(FANFARE_HANDLE, $handle);
    }
}

/** Write the handle into the order. */
function fanfare_keep_handle($order): void
{
    $handle = WC()->session ? WC()->session->get(FANFARE_HANDLE) : null;
    if ($handle) {
        $order->update_meta_data(FANFARE_HANDLE, $handle);
    }
}
